import { z } from "zod";
import { incomplete, linkHere, sendBack } from "../dialogs.ts";
import { isLoopback, type LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html } from "../markup.ts";
import { type ChannelRow, findByHandle, findChannel } from "./tables.ts";
import { allScopes, issueCode } from "./tokens.ts";

const demand = z.object({
  response_type: z.literal("code"),
  client_id: z.string().min(1),
  redirect_uri: z.string().refine(isLoopback),
  scope: z.string().refine((text) => text.split(" ").every((scope) => allScopes.includes(scope))),
  state: z.string().max(500).default(""),
  access_type: z.enum(["online", "offline"]).default("online"),
  code_challenge: z.string().default(""),
  code_challenge_method: z.literal("S256").optional(),
});

const permissions: { [scope: string]: string } = {
  "https://www.googleapis.com/auth/youtube.upload": "mengunggah dan mengelola video",
  "https://www.googleapis.com/auth/youtube.force-ssl": "melihat, mengubah, dan menghapus video serta komentar",
  "https://www.googleapis.com/auth/youtube.readonly": "melihat saluran",
};

/**
 * Google's consent page: whoever looks at it chooses a channel, and the app gets a code for it. For tests, `as` names the channel,
 * `without` the scopes that its holder does not give, and `deny` is his refusal.
 */
export function dialog(lab: Lab, request: LabRequest): PublicPage {
  const params = Object.fromEntries(request.url.searchParams);
  const parsed = demand.safeParse(params);
  if (!parsed.success) return incomplete;
  const { client_id, redirect_uri, state, scope, access_type, code_challenge } = parsed.data;
  const back = (answer: { [name: string]: string }): PublicPage => sendBack(redirect_uri, { state, ...answer });
  if (params.deny) return back({ error: "access_denied" });
  const known = lab.settings.googleClientId;
  if (known !== null && known !== client_id) {
    const body = html`<section class="card"><h1>Akses diblokir</h1><p>Aplikasi ini tidak dikenal (invalid_client).</p></section>`;
    return { status: 401, title: "Izin aplikasi", body };
  }
  const channel = findByHandle(lab.store, params.as ?? "") ?? findChannel(lab.store, params.as ?? "");
  if (channel?.listed) {
    const withheld = (params.without ?? "").split(",");
    const given = scope.split(" ").filter((one) => !withheld.includes(one));
    if (given.length === 0) return back({ error: "access_denied" });
    const offline = access_type === "offline" ? 1 : 0;
    const grant = { channel: channel.id, client: client_id, redirect: redirect_uri, challenge: code_challenge, scopes: given.join(" ") };
    return back({ code: issueCode(lab, { ...grant, offline }), scope: given.join(" ") });
  }
  const link = (more: { [name: string]: string }) => linkHere(request, more);
  const channels = lab.store.all<ChannelRow>("SELECT * FROM yt_channel WHERE listed = 1 ORDER BY title COLLATE NOCASE LIMIT 100");
  return {
    status: 200,
    title: "Izin aplikasi",
    body: html`<section class="card"><h1>Izinkan aplikasi memakai saluran YouTube?</h1>
      <p>Aplikasi <b>${client_id}</b> meminta izin untuk:</p>
      <ul class="accounts">${scope.split(" ").map((one) => html`<li>${permissions[one] ?? one}</li>`)}</ul>
      <ul class="accounts">${channels.map((one) => html`<li><a href="${link({ as: one.handle })}">Izinkan sebagai ${one.title}</a><span class="quiet">@${one.handle}</span></li>`)}</ul>
      <p><a class="button" href="${link({ deny: "1" })}">Tolak</a></p></section>`,
  };
}
