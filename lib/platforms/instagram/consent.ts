/** Connecting by Instagram's own consent page ("Business Login for Instagram"). */

import { z } from "zod";
import { type Grant, PlatformFailure } from "../contract.ts";
import { type HttpAnswer, HttpFailure, send, serverFailure, transportFailure } from "../http.ts";
import { endsIn, newGrant, tokenSchema } from "../meta-token.ts";
import type { Graph } from "./client.ts";

/** Our app as Instagram knows it. `dialogUrl` is the host of the consent page, `tokenUrl` the one where a code becomes a token. */
export type InstagramApp = { id: string; secret: string; dialogUrl: string; tokenUrl: string };

const neededScopes = [
  "instagram_business_basic",
  "instagram_business_content_publish",
  "instagram_business_manage_comments",
  "instagram_business_manage_insights",
];

/** The list of permissions comes as one text or as several. */
const permissions = z.union([z.array(z.string()), z.string().transform((text) => text.split(",").map((name) => name.trim()))]).optional();
const shortToken = z.object({ access_token: z.string().min(1), permissions });
/** Documented both bare and as the only row of a list. */
const answerSchema = z.union([shortToken, z.object({ data: z.tuple([shortToken]) }).transform(({ data }) => data[0])]);

/** The address of the consent page. Instagram knows no PKCE here. */
export function consentUrl(app: InstagramApp, { state, redirectUri }: { state: string; redirectUri: string }): string {
  const query = { client_id: app.id, redirect_uri: redirectUri, response_type: "code", scope: neededScopes.join(","), state };
  return `${bare(app.dialogUrl)}/oauth/authorize?${new URLSearchParams(query)}`;
}

/**
 * A grant of sixty days for a code: the code becomes a token of one hour, that one a long one. Throws needs-reauth `scope` with
 * what the holder did not give, needs-reauth `revoked` for a code that is used up or foreign.
 */
export async function exchangeCode(
  app: InstagramApp,
  { code, redirectUri }: { code: string; redirectUri: string },
  open: (token: string) => Graph,
  now: Date,
): Promise<Grant> {
  const body = new URLSearchParams({
    ...{ client_id: app.id, client_secret: app.secret, grant_type: "authorization_code" },
    ...{ redirect_uri: redirectUri, code },
  });
  let answer: HttpAnswer;
  try {
    answer = await send({ method: "POST", url: `${bare(app.tokenUrl)}/oauth/access_token`, body });
  } catch (error) {
    if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, false), error.message);
    throw error;
  }
  const short = answerSchema.safeParse(answer.body).data;
  if (answer.status === 400) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "instagram: the code is refused");
  if (answer.status !== 200 || !short)
    throw new PlatformFailure(serverFailure(answer, false, now), `instagram: ${answer.status} to a code`);
  const given = short.permissions;
  const missing = given ? neededScopes.filter((scope) => !given.includes(scope)) : [];
  if (missing.length > 0)
    throw new PlatformFailure({ kind: "needs-reauth", reason: "scope", missing }, "instagram: permissions are missing");
  const query = { grant_type: "ig_exchange_token", client_secret: app.secret };
  const { access_token, expires_in } = await open(short.access_token).token("access_token", query, tokenSchema);
  return newGrant(access_token, now, endsIn(expires_in, now));
}

const bare = (url: string): string => url.replace(/\/+$/, "");
