import { z } from "zod";
import { avatar } from "../facebook/pieces.ts";
import { formatTime } from "../format.ts";
import type { LabRequest } from "../http.ts";
import type { AccountLink, Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { type Content, putPerson, receive, textContent } from "./messages.ts";
import { conversation, conversationPath, findMessage, findPerson, type MessageRow, type NumberRow, type PersonRow } from "./tables.ts";

const MESSAGES_SHOWN = 200;
const PEOPLE_SHOWN = 50;

type Problems = { phone?: string; name?: string; message?: string; all?: string };
type Draft = { phone: string; name: string; message: string; kind: string; hidden: boolean; parent: string; problems: Problems };
const emptyDraft: Draft = { phone: "", name: "", message: "", kind: "text", hidden: false, parent: "", problems: {} };

const kinds = { text: "Teks", image: "Foto", audio: "Pesan suara", location: "Lokasi" };

function field(id: string, label: string, problem: string | undefined, control: (attributes: Markup) => Markup): Markup {
  const attributes = problem ? html`aria-invalid="true" aria-describedby="${id}-salah"` : html``;
  return html`<div class="field"><label for="${id}">${label}</label>${control(attributes)}${problem ? html`<p class="problem" id="${id}-salah">${problem}</p>` : null}</div>`;
}

function form(lab: Lab, number: NumberRow, draft: Draft, person: PersonRow | null): Markup {
  const { problems } = draft;
  const parent = draft.parent ? findMessage(lab.store, draft.parent) : undefined;
  const options = Object.entries(kinds).map(
    ([value, label]) => html`<option value="${value}" ${draft.kind === value ? html`selected` : null}>${label}</option>`,
  );
  return html`<section class="card" id="tulis"><h2>Tulis pesan sebagai warga</h2>
    ${problems.all ? html`<p class="problem" role="alert">${problems.all}</p>` : null}
    ${parent ? html`<blockquote>${shown(parent)}</blockquote>` : null}
    <form method="post" action="/whatsapp/${number.digits}/messages" novalidate>
    ${parent ? html`<input type="hidden" name="parent" value="${parent.id}">` : null}
    ${
      person
        ? html`<input type="hidden" name="phone" value="${person.phone}"><input type="hidden" name="name" value="${person.name}">${person.hidden ? html`<input type="hidden" name="hidden" value="1">` : null}`
        : html`${field("nomor", "Nomor WhatsApp Anda", problems.phone, (attributes) => html`<input id="nomor" name="phone" inputmode="tel" maxlength="20" autocomplete="off" placeholder="0812…" required value="${draft.phone}" ${attributes}>`)}
          ${field("nama", "Nama Anda", problems.name, (attributes) => html`<input id="nama" name="name" maxlength="60" autocomplete="off" required value="${draft.name}" ${attributes}>`)}
          <div class="field"><label><input type="checkbox" name="hidden" value="1" ${draft.hidden ? html`checked` : null}> Sembunyikan nomor saya dari instansi</label></div>`
    }
    <div class="field"><label for="jenis">Jenis pesan</label><select id="jenis" name="kind">${options}</select></div>
    ${field(
      "isi",
      "Pesan",
      problems.message,
      (attributes) => html`<textarea id="isi" name="message" rows="4" ${attributes}>
${draft.message}</textarea>`,
    )}
    <button type="submit">Kirim pesan</button></form></section>`;
}

const shown = (row: MessageRow): string => row.text || (kinds[row.type as keyof typeof kinds] ?? row.type);

const states: { [status: string]: string } = { accepted: "terkirim", sent: "terkirim", delivered: "sampai", failed: "tidak sampai" };

function bubble(number: NumberRow, person: PersonRow, row: MessageRow): Markup {
  const name = row.own ? number.name : person.name;
  const path = conversationPath(number, person.phone);
  return html`<li id="pesan-${row.n}" class="comment">${avatar(name)}<div><div class="bubble"><h3 class="author">${name}${row.own ? html` <span class="badge">Instansi</span>` : null}</h3>
    <p class="${row.own ? "message own" : "message"}">${shown(row)}</p></div>
    <p class="quiet">${formatTime(row.created)}${row.own ? ` · ${states[row.status] ?? ""}` : ""} · <a href="${path}?balas=${encodeURIComponent(row.id)}#tulis" aria-label="Balas pesan ${name}">Balas</a></p></div></li>`;
}

function head(number: NumberRow): Markup {
  return html`<section class="card profile">${avatar(number.name)}<div><h1><a href="/whatsapp/${number.digits}">${number.name}</a></h1>
    <p class="quiet">${number.display} · WhatsApp</p>${number.about ? html`<p>${number.about}</p>` : null}</div></section>`;
}

function numberPage(lab: Lab, number: NumberRow, draft: Draft, status: number): PublicPage {
  const people = lab.store.all<PersonRow & { last: number }>(
    `SELECT p.*, max(m.created) AS last FROM wa_message m JOIN wa_person p ON p.phone = m.person WHERE m.number = ?
     GROUP BY p.phone ORDER BY last DESC LIMIT ?`,
    ...[number.id, PEOPLE_SHOWN],
  );
  const rows = people.map(
    (person) =>
      html`<li><a href="${conversationPath(number, person.phone)}">${person.name}</a><span class="quiet">+${person.phone} · ${formatTime(person.last)}</span></li>`,
  );
  return {
    status,
    title: number.name,
    body: html`${head(number)}${form(lab, number, draft, null)}
      <section class="card"><h2>Percakapan</h2>${rows.length === 0 ? html`<p class="empty">Belum ada percakapan.</p>` : html`<ul class="accounts">${rows}</ul>`}</section>`,
  };
}

function conversationPage(lab: Lab, number: NumberRow, person: PersonRow, draft: Draft, status: number): PublicPage {
  const rows = conversation(lab.store, number.id, person.phone, MESSAGES_SHOWN);
  return {
    status,
    title: `Percakapan ${person.name}`,
    body: html`${head(number)}<section class="card" aria-labelledby="judul-percakapan"><h2 id="judul-percakapan">Percakapan ${person.name}</h2>
      <p class="quiet">+${person.phone}${person.hidden ? " · nomor disembunyikan dari instansi" : ""}. Instansi dapat menjawab bebas sampai 24 jam sesudah pesan terakhir warga.</p>
      <ul class="comments">${rows.map((row) => bubble(number, person, row))}</ul></section>${form(lab, number, draft, person)}`,
  };
}

/** 0812…, +62 812… and 62812… are one number. */
const phoneOf = (text: string): string => text.replace(/\D/g, "").replace(/^0/, "62");

const visitorMessage = z.object({
  phone: z
    .string()
    .transform(phoneOf)
    .refine((text) => /^[1-9]\d{7,14}$/.test(text), "Tuliskan nomor WhatsApp, misalnya 0812 3456 7890."),
  name: z.string().trim().min(1, "Tuliskan nama Anda.").max(60, "Nama paling panjang 60 huruf."),
  message: z.string().trim().max(4_096, "Pesan paling panjang 4.096 huruf."),
  kind: z.enum(["text", "image", "audio", "location"]).catch("text"),
  hidden: z.string().optional(),
  parent: z.string().default(""),
});

function contentOf(lab: Lab, kind: keyof typeof kinds, message: string): Content {
  const media = { mime_type: kind === "audio" ? "audio/ogg; codecs=opus" : "image/jpeg", sha256: "c2ltdWxhc2k=", id: lab.store.nextId() };
  if (kind === "image") return { type: kind, text: message, content: { image: { ...(message ? { caption: message } : {}), ...media } } };
  if (kind === "audio") return { type: kind, text: "", content: { audio: { ...media, voice: true } } };
  if (kind === "location")
    return {
      type: kind,
      text: message,
      content: { location: { latitude: -6.9808, longitude: 109.1388, ...(message ? { name: message } : {}) } },
    };
  return textContent(message);
}

function takeMessage(lab: Lab, number: NumberRow, request: LabRequest): PublicPage {
  const typed = (name: string): string => (typeof request.fields[name] === "string" ? request.fields[name] : "");
  const draft: Draft = {
    ...{ phone: typed("phone"), name: typed("name"), message: typed("message"), kind: typed("kind"), parent: "" },
    ...{ hidden: typed("hidden") !== "", problems: {} },
  };
  const again = (status: number, problems: Problems) => numberPage(lab, number, { ...draft, problems }, status);
  if (request.headers["sec-fetch-site"] === "cross-site") return again(403, { all: "Pesan hanya dapat dikirim dari halaman ini." });
  const checked = visitorMessage.safeParse(request.fields);
  if (!checked.success) {
    const { phone, name, message } = z.flattenError(checked.error).fieldErrors;
    return again(422, {
      ...(phone?.[0] ? { phone: phone[0] } : {}),
      ...(name?.[0] ? { name: name[0] } : {}),
      ...(message?.[0] ? { message: message[0] } : {}),
    });
  }
  const { phone, name, message, kind, hidden, parent } = checked.data;
  if (kind === "text" && message === "") return again(422, { message: "Tuliskan pesan Anda." });
  const quoted = parent ? findMessage(lab.store, parent) : undefined;
  if (parent && (quoted?.number !== number.id || quoted.person !== phone))
    return again(422, { all: "Pesan yang Anda balas tidak ada dalam percakapan ini." });
  const row = lab.store.transaction(() =>
    receive(lab, number, putPerson(lab, phone, name, hidden !== undefined), contentOf(lab, kind, message), quoted?.id ?? null),
  );
  return { redirect: `${conversationPath(number, phone)}#pesan-${row.n}` };
}

/** /whatsapp/{number}, the form's …/messages, and a person's conversation at …/{phone}. */
export function page(lab: Lab, request: LabRequest, path: string[]): PublicPage | null {
  const [account = "", second, ...more] = path;
  const number = lab.store.get<NumberRow>("SELECT * FROM wa_number WHERE digits = ? OR id = ?", account, account);
  const reading = request.method === "GET" || request.method === "HEAD";
  if (!number || more.length > 0) return null;
  if (second === "messages") return request.method === "POST" ? takeMessage(lab, number, request) : null;
  if (!reading) return null;
  if (second === undefined) return numberPage(lab, number, emptyDraft, 200);
  const person = findPerson(lab.store, second);
  const draft = { ...emptyDraft, parent: request.url.searchParams.get("balas") ?? "" };
  return person ? conversationPage(lab, number, person, draft, 200) : null;
}

/** Numbers whose name or digits contain the search text, by name. */
export function accounts(lab: Lab, search: string, limit: number): AccountLink[] {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  const sql = `SELECT * FROM wa_number WHERE name LIKE ? ESCAPE '\\' OR digits LIKE ? ESCAPE '\\' ORDER BY name COLLATE NOCASE LIMIT ?`;
  return lab.store
    .all<NumberRow>(sql, pattern, pattern, limit)
    .map(({ name, display, digits }) => ({ name, detail: display, path: `/whatsapp/${digits}` }));
}
