import { z } from "zod";
import { avatar } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import { type Draft, draftOf, emptyDraft, visitorId } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { AccountLink, Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { dialog } from "./dialog.ts";
import { XProblem } from "./errors.ts";
import { counts, pictures, postPage } from "./post-page.ts";
import { insertUser } from "./seed.ts";
import { findByName, findTweet, findUser, type TweetRow, tweetPath, type UserRow } from "./tables.ts";
import { addTweet } from "./writing.ts";

const POSTS_SHOWN = 10;

function postCard(lab: Lab, account: UserRow, tweet: TweetRow): Markup {
  const path = tweetPath(account.username, tweet.id);
  return html`<article class="card post">
    <header>${avatar(account.name)}<div><h2 class="author">${account.name}</h2><p class="quiet"><a href="${path}">${formatTime(tweet.created)}</a></p></div></header>
    ${tweet.text ? html`<p class="message">${tweet.text}</p>` : null}${pictures(lab, tweet)}${counts(lab, tweet)}
    <p class="actions"><a class="button" href="${path}" aria-label="Lihat balasan pada unggahan ${formatTime(tweet.created)}">Lihat balasan</a></p>
  </article>`;
}

function accountPage(lab: Lab, account: UserRow, request: LabRequest): PublicPage {
  const [, created = "", id = ""] = /^(\d+)\.(\d+)$/.exec(request.url.searchParams.get("sebelum") ?? "") ?? [];
  const older = created ? "AND (created, id) < (CAST(? AS INTEGER), ?)" : "AND (? = ?)";
  const rows = lab.store.all<TweetRow>(
    `SELECT * FROM x_tweet WHERE author = ? AND reply_to IS NULL ${older} ORDER BY created DESC, id DESC LIMIT ?`,
    ...[account.id, created, id, POSTS_SHOWN + 1],
  );
  const shown = rows.slice(0, POSTS_SHOWN);
  const last = shown.at(-1);
  return {
    status: 200,
    title: account.name,
    body: html`<section class="card profile">${avatar(account.name)}<div><h1>${account.name}</h1>
        <p class="quiet">@${account.username} · X · ${formatCount(account.followers)} pengikut</p>
        ${account.about ? html`<p>${account.about}</p>` : null}</div></section>
      ${shown.length === 0 ? html`<p class="card empty">Belum ada unggahan.</p>` : shown.map((tweet) => postCard(lab, account, tweet))}
      <nav class="pager" aria-label="Halaman unggahan">
        ${created ? html`<a class="button" href="/x/${account.username}">Terbaru</a>` : null}
        ${rows.length > POSTS_SHOWN && last ? html`<a class="button" href="/x/${account.username}?sebelum=${last.created}.${last.id}">Lebih lama</a>` : null}
      </nav>`,
  };
}

/** The visitor as a user of X; the same name is always the same one. */
function visitor(lab: Lab, name: string): UserRow {
  const id = visitorId(name);
  const known = findUser(lab.store, id);
  if (known) return known;
  const plain = name.normalize("NFD").replace(/\W/g, "").slice(0, 10) || "warga";
  const username = findByName(lab.store, plain) ? `${plain}${id.slice(-5)}` : plain;
  insertUser(lab, { id, name, username, about: "", followers: 0, listed: 0, subscribed: 0 });
  return findUser(lab.store, id)!;
}

const visitorReply = z.object({
  name: z.string().trim().min(1, "Tuliskan nama Anda.").max(50, "Nama paling panjang 50 huruf."),
  message: z.string().trim().min(1, "Tuliskan balasan Anda.").max(280, "Balasan paling panjang 280 huruf."),
  parent: z.string().default(""),
});

function takeReply(lab: Lab, account: UserRow, root: TweetRow, request: LabRequest): PublicPage {
  const draft: Draft = draftOf(request.fields);
  const again = (status: number, more: Partial<Draft>) => postPage(lab, account, root, request, { ...draft, ...more }, status);
  if (request.headers["sec-fetch-site"] === "cross-site") return again(403, { problem: "Balasan hanya dapat dikirim dari halaman ini." });
  const checked = visitorReply.safeParse(request.fields);
  if (!checked.success) {
    const { name, message } = z.flattenError(checked.error).fieldErrors;
    return again(422, { nameProblem: name?.[0] ?? null, messageProblem: message?.[0] ?? null });
  }
  const parent = checked.data.parent ? findTweet(lab.store, checked.data.parent) : root;
  if (parent?.conversation !== root.id) return again(422, { parent: "", problem: "Unggahan yang Anda balas sudah tidak ada." });
  try {
    const reply = lab.store.transaction(() => addTweet(lab, visitor(lab, checked.data.name), checked.data.message, parent, []));
    return { redirect: `${tweetPath(account.username, root.id)}#balasan-${reply.id}` };
  } catch (error) {
    if (!(error instanceof XProblem)) throw error;
    const repeated = error.problem.status === 403;
    return again(422, { messageProblem: repeated ? "Anda baru saja menulis hal yang sama." : "Balasan terlalu panjang bagi X." });
  }
}

/** /x/{username}, …/status/{post}, the visitor's form below it, and the app's dialog at /x/i/oauth2/authorize. */
export function page(lab: Lab, request: LabRequest, path: string[]): PublicPage | null {
  const [name = "", status, id = "", replies] = path;
  const reading = request.method === "GET" || request.method === "HEAD";
  if (path.join("/") === "i/oauth2/authorize") return reading ? dialog(lab, request) : null;
  const account = findByName(lab.store, name);
  if (!account || path.length > 4) return null;
  if (status === undefined) return reading ? accountPage(lab, account, request) : null;
  const tweet = findTweet(lab.store, id);
  if (status !== "status" || tweet?.author !== account.id) return null;
  if (replies !== undefined) return replies === "replies" && request.method === "POST" ? takeReply(lab, account, tweet, request) : null;
  if (!reading) return null;
  if (tweet.conversation === tweet.id) return postPage(lab, account, tweet, request, emptyDraft, 200);
  // A reply is shown where it stands, below the post that began the conversation.
  const root = findTweet(lab.store, tweet.conversation);
  const owner = root && findUser(lab.store, root.author);
  return owner ? { redirect: `${tweetPath(owner.username, root.id)}#balasan-${tweet.id}` } : null;
}

/** Accounts whose name or username contains the search text, by name. */
export function accounts(lab: Lab, search: string, limit: number): AccountLink[] {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  return lab.store
    .all<UserRow>(
      `SELECT * FROM x_user WHERE listed = 1 AND (name LIKE ? ESCAPE '\\' OR username LIKE ? ESCAPE '\\') ORDER BY name COLLATE NOCASE LIMIT ?`,
      ...[pattern, pattern, limit],
    )
    .map(({ name, username, followers }) => ({
      name,
      detail: `@${username} · ${formatCount(followers)} pengikut`,
      path: `/x/${username}`,
    }));
}
