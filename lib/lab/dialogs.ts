import { z } from "zod";
import { isLoopback, type LabRequest } from "./http.ts";
import type { PublicPage } from "./lab.ts";
import { html } from "./markup.ts";

/** The names in a list that is written with commas or spaces. */
export const names = (text = ""): string[] => text.split(/[\s,]+/).filter(Boolean);

/** Back to the app with the answer in its address; `mark` is what the platform leaves after the "#". */
export function sendBack(redirect: string, answer: { [name: string]: string }, mark = ""): PublicPage {
  const target = new URL(redirect);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  target.hash = mark;
  return { redirect: target.href };
}

/** What people see when an app asks wrongly. */
export const incomplete: PublicPage = {
  status: 400,
  title: "Izin aplikasi",
  body: html`<section class="card"><h1>Ada yang tidak beres</h1><p>Aplikasi ini tidak dapat dihubungkan: permintaannya tidak lengkap.</p></section>`,
};

/** The same address with other parameters. Pages lead on by links, not by forms: their policy lets no form go to another address. */
export const linkHere = (request: LabRequest, more: { [name: string]: string }): string =>
  `${request.url.pathname}?${new URLSearchParams({ ...Object.fromEntries(request.url.searchParams), ...more })}`;

/** The page on which the holder of one of these accounts lets the app act for it, or not. */
export function accountChoice(
  request: LabRequest,
  { client, scopes, accounts }: { client: string; scopes: string[]; accounts: { name: string; username: string }[] },
): PublicPage {
  const link = (more: { [name: string]: string }) => linkHere(request, more);
  return {
    status: 200,
    title: "Izin aplikasi",
    body: html`<section class="card"><h1>Izinkan aplikasi memakai akun?</h1><p>Aplikasi <b>${client}</b> meminta:</p>
      <ul>${scopes.map((name) => html`<li>${name}</li>`)}</ul>
      <ul class="accounts">${accounts.map((one) => html`<li><a href="${link({ as: one.username })}">Izinkan sebagai ${one.name}</a><span class="quiet">@${one.username}</span></li>`)}</ul>
      <p><a class="button" href="${link({ deny: "1" })}">Jangan izinkan</a></p></section>`,
  };
}

/** What Meta's dialogs are asked with; `allowed` says whether an app may ask for these permissions. */
export const metaDemand = (allowed: (scopes: string[]) => boolean) =>
  z.object({
    response_type: z.literal("code").default("code"),
    client_id: z.string().min(1),
    redirect_uri: z.string().refine(isLoopback),
    state: z.string().max(500).default(""),
    scope: z
      .string()
      .transform((text) => names(text))
      .refine(allowed),
  });

type Given = { account: string; client: string; redirect: string; scopes: string };
type MetaAccounts = {
  allowed: (scopes: string[]) => boolean;
  find: (name: string) => { id: string } | undefined;
  all: () => { name: string; username: string }[];
  issueCode: (given: Given) => string;
};

/**
 * The dialog of Instagram and of Threads: whoever looks at the page chooses an account, and the app gets a code for it. `?as=`
 * names the account, `without=` permissions that its holder does not give, `deny=1` is his refusal.
 */
export function metaDialog(request: LabRequest, { allowed, find, all, issueCode }: MetaAccounts): PublicPage {
  const params = Object.fromEntries(request.url.searchParams);
  const parsed = metaDemand(allowed)
    .extend({ response_type: z.literal("code") })
    .safeParse(params);
  if (!parsed.success) return incomplete;
  const { client_id: client, redirect_uri: redirect, state, scope } = parsed.data;
  if (params.deny === "1") {
    const told = { error: "access_denied", error_reason: "user_denied", error_description: "The user denied your request." };
    return sendBack(redirect, { ...told, state }, "_");
  }
  const account = find(params.as ?? "");
  if (!account) return accountChoice(request, { client, scopes: scope, accounts: all() });
  const given = scope.filter((name) => !names(params.without).includes(name));
  return sendBack(redirect, { code: issueCode({ account: account.id, client, redirect, scopes: JSON.stringify(given) }), state }, "_");
}
