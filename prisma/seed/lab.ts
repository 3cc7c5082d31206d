import { open } from "#lib/core/crypto.ts";
import { db } from "#lib/core/db.ts";
import type { FacebookSeed } from "#lib/lab/facebook/seed.ts";
import { DAY } from "./days.ts";

const LAB_DAYS = 90;

/** Gives the platform lab the pages, posts and comments that the accounts are said to have; nothing when it has them. Returns how many posts. */
export async function fillLab(labUrl: string, graphUrl: string, version: string, now: Date): Promise<number> {
  await followGraph(graphUrl);
  const channels = await db.channel.findMany({
    where: { platform: "facebook", mode: "api", state: { not: "disconnected" }, baseUrl: graphUrl },
    select: { id: true, remoteId: true, name: true, handle: true, followers: true, grant: { select: { sealed: true } } },
  });
  const pages = channels.flatMap(({ id, grant, ...page }) => (grant ? [{ ...page, id, token: tokenIn(grant.sealed) }] : []));
  const [first] = pages;
  if (!first || (await knows(`${graphUrl}/${version}/${first.remoteId}`, first.token))) return 0;
  const since = new Date(now.getTime() - LAB_DAYS * DAY);
  const ids = pages.map((page) => page.id);
  const [posts, comments] = await Promise.all([postsSince(ids, since), commentsSince(ids, since)]);
  const seed: FacebookSeed = {
    pages: pages.map(({ remoteId, name, handle, followers, token }) => ({
      id: remoteId,
      name,
      username: handle,
      token,
      followers: followers ?? 0,
      about: `${name} (data simulasi)`,
    })),
    posts: posts.map((post) => ({
      page: post.remoteId.split("_")[0]!,
      id: post.remoteId,
      message: post.text,
      created_time: post.publishedAt.toISOString(),
      picture: post.visual === "image",
      alt: post.hasAlt ? `Gambar: ${post.text.split("\n")[0]!.slice(0, 120)}` : "",
      reactions: post.likes ?? 0,
      comments: post.comments ?? 0,
      shares: post.shares ?? 0,
      views: post.reach,
    })),
    comments: comments.map((comment) => ({
      post: comment.post,
      id: comment.remote_id,
      parent: comment.parent_remote_id,
      from: { id: comment.from_id, name: comment.author_name },
      message: unmasked(comment.text),
      created_time: comment.sent_at.toISOString(),
    })),
  };
  const answer = await fetch(`${labUrl}/_lab/seed`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ platform: "facebook", ...seed }),
  });
  if (!answer.ok) throw new Error(`the platform lab refused its data: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
  return posts.length;
}

const tokenIn = (sealed: string) => (JSON.parse(open(sealed)) as { pageToken: string }).pageToken;

/** The lab may answer on another port than when the accounts were made. */
const followGraph = (graphUrl: string) => db.$executeRaw`
  UPDATE channel SET base_url = ${graphUrl}, url = ${`${new URL(graphUrl).origin}/facebook/`} || handle
  WHERE platform = 'facebook' AND mode = 'api' AND base_url <> ${graphUrl} AND base_url ~ '^http://127[.]0[.]0[.]1:[0-9]+/meta$'`;

async function knows(address: string, token: string): Promise<boolean> {
  const answer = await fetch(`${address}?fields=id&access_token=${encodeURIComponent(token)}`);
  await answer.arrayBuffer();
  return answer.ok;
}

const postsSince = (channelIds: string[], since: Date) =>
  db.remotePost.findMany({
    where: { channelId: { in: channelIds }, publishedAt: { gte: since }, removedAt: null },
    select: {
      remoteId: true,
      text: true,
      publishedAt: true,
      visual: true,
      hasAlt: true,
      likes: true,
      comments: true,
      shares: true,
      reach: true,
    },
  });

type CommentRow = {
  post: string;
  remote_id: string;
  parent_remote_id: string | null;
  from_id: string;
  author_name: string;
  text: string;
  sent_at: Date;
};

/** As they stand there now: edited, or gone with what was said below them. */
const commentsSince = (channelIds: string[], since: Date) => db.$queryRaw<CommentRow[]>`
  SELECT r.remote_id AS post, m.remote_id, m.parent_remote_id, CASE WHEN m.direction = 'out' THEN ch.remote_id ELSE c.remote_id END AS from_id,
    CASE WHEN m.direction = 'out' THEN ch.name ELSE m.author_name END AS author_name, coalesce(e.text, m.text) AS text, m.sent_at
  FROM remote_post r JOIN inbox_case i ON i.remote_post_id = r.id JOIN message m ON m.case_id = i.id JOIN citizen c ON c.id = i.citizen_id JOIN channel ch ON ch.id = r.channel_id
    LEFT JOIN LATERAL (SELECT text FROM message_change WHERE case_id = i.id AND message_id = m.id AND kind = 'edited' ORDER BY id DESC LIMIT 1) e ON true
  WHERE r.channel_id = ANY(${channelIds}::uuid[]) AND r.published_at >= ${since} AND r.removed_at IS NULL
    AND NOT EXISTS (SELECT FROM message_change d JOIN message gone ON gone.id = d.message_id
      WHERE d.kind = 'removed' AND d.case_id = m.case_id AND (gone.id = m.id OR gone.remote_id = m.parent_remote_id))
  ORDER BY m.sent_at, m.id`;

/** On the platform the citizen's words stand unmasked; we keep none of them, so invented ones stand in. */
const invented: Record<string, string> = {
  nik: "9901014203650003",
  kk: "9901010203040005",
  telepon: "0812-0000-4471",
  surel: "warga@example.org",
};
const unmasked = (text: string) => text.replace(/⟦(\w+)⟧/g, (marker, kind: string) => invented[kind] ?? marker);
