import { z } from "zod";
import { field } from "./forms.ts";
import { json, type LabRequest, type Reply } from "./http.ts";
import type { Lab, LabPlatform, PublicPage } from "./lab.ts";
import { html, type Markup } from "./markup.ts";

/** A citizen's comment; `path` is where it stands on the public pages. */
type CitizensComment = { name: string; text: string; path: string };

/** What citizens can do with what they wrote. Each tells the app of it as the platform does, or not at all. */
export type Citizens = {
  /** Null when there is no such comment, or it is an account's own. */
  find: (lab: Lab, id: string) => CitizensComment | null;
  /** Null where the platform lets nobody change a comment. */
  edit: ((lab: Lab, id: string, text: string) => void) | null;
  remove: (lab: Lab, id: string) => void;
};

/** Whether a page is looked at with the account's own eyes: they see what is hidden. */
export const asOwner = (request: LabRequest): boolean => request.url.searchParams.get("sebagai") === "pengelola";

/** What stands beside a comment's time: the account's like, that it is hidden or changed, and its author's way to change it. */
export function marks(
  platform: string,
  comment: { id: string; own: boolean },
  shown: { hidden?: boolean; liked?: boolean; edited?: boolean },
): Markup {
  return html`${shown.edited ? " · diubah" : ""}${shown.liked ? html` · <span class="badge">Disukai pengelola</span>` : null}${
    shown.hidden ? html` · <span class="badge">Disembunyikan</span>` : null
  }${comment.own ? null : html` · <a href="/komentar/${platform}/${encodeURIComponent(comment.id)}">Ubah atau hapus</a>`}`;
}

/** Leads from the page as strangers see it to the account's view of it, and back. */
export function otherView(request: LabRequest): Markup {
  const { pathname, searchParams } = request.url;
  const kept = [...searchParams].filter(([name]) => name !== "sebagai");
  const query = new URLSearchParams([...kept, ...(asOwner(request) ? [] : [["sebagai", "pengelola"]])]);
  return html`<p class="quiet"><a href="${pathname}${query.size > 0 ? `?${query}` : ""}">${asOwner(request) ? "Lihat sebagai warga" : "Lihat sebagai pengelola"}</a></p>`;
}

const written = z.string().trim().min(1, "Tuliskan komentar Anda.").max(2_000, "Komentar paling panjang 2.000 huruf.");

function editPage(platform: LabPlatform, id: string, comment: CitizensComment, text: string, problem: string | null): PublicPage {
  const action = `/komentar/${platform.name}/${encodeURIComponent(id)}`;
  const words = html`<form method="post" action="${action}" novalidate>
      ${field("isi", "Komentar", problem, (attributes) => html`<textarea id="isi" name="message" rows="4" required ${attributes}>${text}</textarea>`)}
      <button type="submit">Simpan</button></form>`;
  return {
    status: problem === null ? 200 : 422,
    title: "Komentar saya",
    body: html`<section class="card"><h1>Komentar ${comment.name}</h1>
      ${platform.citizens?.edit ? words : html`<p class="message">${comment.text}</p><p class="quiet">Di ${platform.title} komentar tidak dapat diubah.</p>`}
      <form method="post" action="${action}"><input type="hidden" name="act" value="hapus"><button type="submit">Hapus komentar</button></form>
      <p><a href="${comment.path}">Kembali ke unggahan</a></p></section>`,
  };
}

/** /komentar/{platform}/{comment}: where its author changes or removes it. */
export function ownComment(lab: Lab, platform: LabPlatform, request: LabRequest, id: string): PublicPage | null {
  const { citizens } = platform;
  const comment = citizens?.find(lab, id);
  if (!citizens || !comment) return null;
  if (request.method === "GET" || request.method === "HEAD") return editPage(platform, id, comment, comment.text, null);
  if (request.method !== "POST" || request.headers["sec-fetch-site"] === "cross-site") return null;
  const { act, message } = request.fields;
  const back = { redirect: comment.path.replace(/#.*$/, "") };
  if (act === "hapus") {
    lab.store.transaction(() => citizens.remove(lab, id));
    return back;
  }
  const text = written.safeParse(message);
  if (!text.success || !citizens.edit) {
    const typed = typeof message === "string" ? message : "";
    return editPage(platform, id, comment, typed, text.error?.issues[0]?.message ?? "Komentar tidak dapat diubah.");
  }
  const { edit } = citizens;
  lab.store.transaction(() => edit(lab, id, text.data));
  return { redirect: comment.path };
}

const change = z.strictObject({ platform: z.string(), id: z.string(), text: written.optional() });

/** POST /_lab/comments: a citizen gives a comment another `text` or, without one, removes it. */
export function changeComment(lab: Lab, platforms: LabPlatform[], request: LabRequest): Reply {
  const { platform, id, text } = change.parse(request.fields);
  const citizens = platforms.find(({ name }) => name === platform)?.citizens;
  if (!citizens?.find(lab, id)) return json(404, { error: `No citizen's comment ${id} on ${platform}` });
  const { edit, remove } = citizens;
  if (text !== undefined && !edit) return json(422, { error: `Nobody can change a comment on ${platform}` });
  lab.store.transaction(() => (text === undefined ? remove(lab, id) : edit?.(lab, id, text)));
  return json(200, { platform, id });
}
