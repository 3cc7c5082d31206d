/** Connecting by Threads' own consent page, the "Authorization Window". */

import { z } from "zod";
import { type Grant, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, HttpFailure, send, serverFailure, transportFailure } from "../http.ts";
import { endsIn, newGrant, tokenSchema } from "../meta-token.ts";
import type { Graph } from "./client.ts";
import { inspectToken } from "./token.ts";

/** Our app as Threads knows it. `dialogUrl` is the host of the consent page. */
export type ThreadsApp = { id: string; secret: string; dialogUrl: string };

/** Without these an account is of no use; without `threads_manage_insights` there are no figures. */
const neededScopes = ["threads_basic", "threads_content_publish", "threads_manage_replies", "threads_read_replies"];
const askedScopes = [...neededScopes, "threads_manage_insights"];

/** The account's number comes along too, but as a JSON number that is too long for one. */
const shortToken = z.object({ access_token: z.string().min(1) });

/** The address of the consent page. Threads knows no PKCE. */
export function consentUrl(app: ThreadsApp, { state, redirectUri }: { state: string; redirectUri: string }): string {
  const query = { client_id: app.id, redirect_uri: redirectUri, response_type: "code", scope: askedScopes.join(","), state };
  return `${app.dialogUrl.replace(/\/+$/, "")}/oauth/authorize?${new URLSearchParams(query)}`;
}

/**
 * A grant of sixty days for a code: the code becomes a token of one hour, that one a long one. Throws needs-reauth `scope` with
 * what the holder did not give, needs-reauth `revoked` for a code that is used up or foreign.
 */
export async function exchangeCode(
  app: ThreadsApp,
  { baseUrl, code, redirectUri }: { baseUrl: string; code: string; redirectUri: string },
  open: (token: string) => Graph,
  now: Date,
): Promise<Grant> {
  const body = new URLSearchParams({
    client_id: app.id,
    client_secret: app.secret,
    code,
    grant_type: "authorization_code",
    redirect_uri: redirectUri,
  });
  let answer: HttpAnswer;
  try {
    answer = await send({ method: "POST", url: `${baseUrl}/oauth/access_token`, body });
  } catch (error) {
    if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, false), error.message);
    throw error;
  }
  const short = shortToken.safeParse(answer.body).data;
  if (answer.status === 400) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "threads: the code is refused");
  if (answer.status !== 200 || !short) throw new PlatformFailure(serverFailure(answer, false, now), `threads: ${answer.status} to a code`);
  const graph = open(short.access_token);
  checkScopes((await inspectToken(graph, short.access_token)).scopes);
  const query = { grant_type: "th_exchange_token", client_secret: app.secret };
  const { access_token, expires_in } = await graph.token("access_token", query, tokenSchema);
  return newGrant(access_token, now, endsIn(expires_in, now));
}

/** Throws needs-reauth `scope` when a needed permission was not given. Where Threads does not tell (null), the first call that lacks one will. */
export function checkScopes(given: string[] | null): void {
  const missing = given === null ? [] : neededScopes.filter((scope) => !given.includes(scope));
  if (missing.length > 0) throw new PlatformFailure({ kind: "needs-reauth", reason: "scope", missing }, "threads: permissions are missing");
}
