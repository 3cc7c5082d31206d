/** Connecting by Facebook's own consent page: one consent opens every page that its holder chose there. */

import { z } from "zod";
import { type Opened, PlatformFailure } from "../contract.ts";
import type { Graph } from "./client.ts";
import { listAll } from "./lists.ts";
import { profileFields, profileSchema, toProfile } from "./transform.ts";

/** Our app as Facebook knows it. `dialogUrl` is the host of the consent page. */
export type FacebookApp = { id: string; secret: string; dialogUrl: string };

/** Without these a page's token is of no use to us; a token that was entered needs no list of pages. */
export const pageScopes = ["pages_manage_posts", "pages_manage_engagement", "pages_read_engagement", "pages_read_user_content"];
const neededScopes = ["pages_show_list", ...pageScopes];
/** Figures are worth having, and a page can do without. */
const wantedScopes = ["read_insights"];

const mostPages = 1_000;
const tokenSchema = z.object({ access_token: z.string().min(1) });
const permissionsSchema = z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) });
/** Facebook gives no token for a page on which the holder has no task. */
const pageSchema = profileSchema.extend({ access_token: z.string().min(1).optional() });

/** The address of the consent page. Facebook knows no PKCE here. */
export function consentUrl(app: FacebookApp, version: string, { state, redirectUri }: { state: string; redirectUri: string }): string {
  const scope = [...neededScopes, ...wantedScopes].join(",");
  const query = new URLSearchParams({ client_id: app.id, redirect_uri: redirectUri, state, response_type: "code", scope });
  return `${app.dialogUrl.replace(/\/+$/, "")}/${version}/dialog/oauth?${query}`;
}

/**
 * The pages that a consent opened, each with a token that has no end: a page's token lasts when it is read with a person's long
 * one. Throws needs-reauth `scope` with what the holder did not give, needs-reauth `revoked` for a code that is used up or foreign.
 */
export async function openPages(
  app: FacebookApp,
  { code, redirectUri }: { code: string; redirectUri: string },
  open: (token: string | null) => Graph,
): Promise<Opened[]> {
  const client = { client_id: app.id, client_secret: app.secret };
  const ask = (more: Record<string, string>) => open(null).get("oauth/access_token", { ...client, ...more }, tokenSchema);
  const short = await ask({ redirect_uri: redirectUri, code }).catch((error: unknown) => {
    if (!(error instanceof PlatformFailure) || error.failure.kind !== "rejected") throw error;
    throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "facebook: the code is refused", { cause: error });
  });
  await checkPermissions(open(short.access_token));
  const long = await ask({ grant_type: "fb_exchange_token", fb_exchange_token: short.access_token });
  const params = { fields: `${profileFields},access_token`, limit: "100" };
  const pages = await listAll(open(long.access_token), "me/accounts", params, pageSchema, mostPages);
  return pages.flatMap(({ access_token, ...page }) =>
    access_token === undefined ? [] : [{ profile: toProfile(page), grant: { pageToken: access_token } }],
  );
}

async function checkPermissions(graph: Graph): Promise<void> {
  const { data } = await graph.get("me/permissions", {}, permissionsSchema);
  const given = data.filter(({ status }) => status === "granted").map(({ permission }) => permission);
  const missing = neededScopes.filter((scope) => !given.includes(scope));
  if (missing.length > 0)
    throw new PlatformFailure({ kind: "needs-reauth", reason: "scope", missing }, "facebook: permissions are missing");
}
