import { type Actor, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import type { Mode, Platform } from "../platforms/contract.ts";
import { takesCollaborators } from "../platforms/problems.ts";
import { takesPosts } from "../platforms/registry.ts";
import { contentColumns, keepVersion, type PostContent, toContent } from "./content.ts";
import { findPost, guardRevision } from "./moving.ts";
import { carriesFirstComment, isEditable, type PostState } from "./rules.ts";
import type { DraftInput } from "./schema.ts";
import { tidyTags } from "./tags.ts";

type Saved = { postId: string; revision: number; savedAt: string };

/** A draft as it stands on the server, and who wrote it last; `name` null: the one who asks. */
export type CurrentDraft = {
  postId: string;
  revision: number;
  name: string | null;
  publishAt: string | null;
  tags: string[];
  content: PostContent;
};
export type Kept = (Saved & { behind: null }) | { behind: CurrentDraft };

/**
 * Saves a draft; a form that is behind changes nothing and is given the draft as it stands now, to merge and save again. So is
 * one whose first save came through without its answer: it goes on with that draft.
 */
export async function keepDraft(actor: Actor, input: DraftInput): Promise<Answer<Kept>> {
  try {
    const answer = await saveDraft(actor, input);
    return answer.ok ? { ...answer, behind: null } : answer;
  } catch (error) {
    const behind = error instanceof Refusal && error.code === "stale" && (await currentDraft(actor, input));
    if (behind) return { ok: true, behind };
    throw error;
  }
}

/** Null where the draft may no longer be written, or nobody else has changed it. */
async function currentDraft(actor: Actor, { postId, newId, revision }: DraftInput): Promise<CurrentDraft | null> {
  const id = postId ?? newId;
  if (!id) return null;
  const row = await db.post.findFirst({
    where: { AND: [{ id }, inScope(actor, "post.write")] },
    select: {
      ...contentColumns,
      tags: true,
      state: true,
      revision: true,
      publishAt: true,
      versions: { select: { authorId: true }, orderBy: { number: "desc" }, take: 1 },
    },
  });
  if (!row || row.revision === revision || !isEditable(row.state as PostState)) return null;
  const writer = row.versions[0]?.authorId ?? actor.personId;
  const other = writer === actor.personId ? null : await db.person.findUnique({ where: { id: writer }, select: { name: true } });
  return {
    postId: id,
    revision: row.revision,
    name: other?.name ?? null,
    publishAt: row.publishAt?.toISOString() ?? null,
    tags: row.tags,
    content: toContent(row),
  };
}

/** Saves a draft, new or existing. A form that is behind is refused as stale and keeps what was typed. */
export async function saveDraft(actor: Actor, input: DraftInput): Promise<Answer<Saved>> {
  return db.$transaction(async (tx) => {
    const at = now();
    if (await holdsSeveralVideos(tx, input)) return { ok: false, problems: [{ field: "media", code: "one-video" }] };
    if (await namesRemovedChannel(tx, actor, input)) return { ok: false, problems: [{ field: "channels", code: "channel-removed" }] };
    const content = {
      title: input.title || null,
      text: input.text,
      link: input.link,
      pillar: input.pillar,
      source: input.source || null,
      sourceLink: input.sourceLink ?? null,
      sourceDocument: input.sourceDocument || null,
      tags: tidyTags(input.tags ?? []),
      publishAt: input.publishAt ? new Date(input.publishAt) : null,
    };
    const post = input.postId ? await reviseDraft(tx, actor, input, content, at) : await beginDraft(tx, actor, input, content, at);
    await replaceChannels(tx, post, input);
    await replaceMedia(tx, post, input);
    await keepVersion(tx, post, actor.personId, at, { sealed: false });
    await signal(tx, { topic: "post", unitId: post.unitId, id: post.id });
    return { ok: true, postId: post.id, revision: post.revision, savedAt: at.toISOString() };
  });
}

type Content = {
  title: string | null;
  text: string;
  link: string | null;
  pillar: string | null;
  source: string | null;
  sourceLink: string | null;
  sourceDocument: string | null;
  tags: string[];
  publishAt: Date | null;
};
type Draft = { id: string; unitId: string; revision: number };

async function beginDraft(tx: Tx, actor: Actor, { unitId, newId }: DraftInput, content: Content, at: Date): Promise<Draft> {
  const unit = await tx.unit.findFirst({
    where: { id: unitId, ...inScope(actor, "post.write", "id") },
    select: { id: true, governmentId: true },
  });
  if (!unit) throw new Refusal("not-found");
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const [post] = await tx.post.createManyAndReturn({
    data: [{ ...content, ...place, id: newId, authorId: actor.personId, createdAt: at, updatedAt: at }],
    skipDuplicates: true,
    select: { id: true, unitId: true, revision: true },
  });
  // It came through before, though its answer did not.
  if (!post) throw new Refusal("stale");
  await record(tx, actor, {
    type: "post.begin",
    subjectType: "post",
    subjectId: post.id,
    place,
  });
  return post;
}

async function reviseDraft(tx: Tx, actor: Actor, input: DraftInput, content: Content, at: Date): Promise<Draft> {
  const post = await findPost(tx, actor, input.postId!, "post.write");
  guardRevision(post, input.revision);
  if (!isEditable(post.state as PostState)) throw new Refusal("stale");
  const { count } = await tx.post.updateMany({
    where: { id: post.id, revision: post.revision, state: post.state },
    data: { ...content, revision: post.revision + 1, updatedAt: at },
  });
  if (!count) throw new Refusal("stale");
  return { id: post.id, unitId: post.unitId, revision: post.revision + 1 };
}

async function replaceChannels(tx: Tx, post: Draft, input: DraftInput) {
  const known = await tx.channel.findMany({
    where: { unitId: post.unitId, state: { not: "disconnected" }, id: { in: input.channels.map((c) => c.channelId) } },
    select: { id: true, platform: true, mode: true },
  });
  if (known.length !== new Set(input.channels.map((c) => c.channelId)).size) throw new Refusal("not-found");
  if (known.some((c) => !takesPosts(c.platform as Platform, c.mode as Mode))) throw new Refusal("not-found");
  const extras = (channelId: string) => {
    const channel = known.find((c) => c.id === channelId) as { platform: Platform; mode: Mode };
    return {
      firstComment: carriesFirstComment(channel) ? input.firstComment || null : null,
      collaborators: takesCollaborators(channel.platform) ? input.collaborators : [],
    };
  };
  await tx.postChannel.deleteMany({ where: { postId: post.id } });
  await tx.postChannel.createMany({
    data: input.channels.map((c) => ({ postId: post.id, channelId: c.channelId, text: c.text, ...extras(c.channelId) })),
  });
}

const namesRemovedChannel = async (tx: Tx, actor: Actor, input: DraftInput) =>
  (await tx.channel.count({
    where: {
      AND: [
        { id: { in: input.channels.map((c) => c.channelId) } },
        { unitId: input.unitId, state: "disconnected" },
        inScope(actor, "post.write"),
      ],
    },
  })) > 0;

const holdsSeveralVideos = async (tx: Tx, input: DraftInput) =>
  (await tx.media.count({ where: { id: { in: input.media.map((m) => m.mediaId) }, mime: { startsWith: "video/" } } })) > 1;

async function replaceMedia(tx: Tx, post: Draft, input: DraftInput) {
  const known = await tx.media.findMany({
    where: { unitId: post.unitId, id: { in: input.media.map((m) => m.mediaId) } },
    select: { id: true },
  });
  if (known.length !== new Set(input.media.map((m) => m.mediaId)).size) throw new Refusal("not-found");
  await tx.postMedia.deleteMany({ where: { postId: post.id } });
  await tx.postMedia.createMany({ data: input.media.map(({ mediaId, alt }, position) => ({ postId: post.id, mediaId, alt, position })) });
}
