import { headers } from "next/headers";
import { getToken } from "next-auth/jwt";
import { cache } from "react";
import type { Actor, Authority } from "./access.ts";
import { now } from "./clock.ts";
import { db } from "./db.ts";
import { env } from "./env.ts";

export const secureCookies = () => env().APP_URL.startsWith("https:");

/** The id of the session row that the request's cookie names, unverified against the database. */
async function sessionId(): Promise<string | null> {
  const request = { headers: new Headers(await headers()) };
  const token = await getToken({ req: request, secret: env().AUTH_SECRET, secureCookie: secureCookies() });
  return typeof token?.sid === "string" ? token.sid : null;
}

type Held = Authority | { [key in keyof Authority]: null };

/** The actor of a live session row; null once it is revoked, over, or its person disabled. One query: every page asks it first. */
export async function actorOfSession(id: string): Promise<Actor | null> {
  const at = now();
  const rows = await db.$queryRaw<(Held & { personId: string; name: string; locale: string })[]>`
    SELECT p.id AS "personId", p.name, p.locale, g.role, g.reach, g.unit_id AS "unitId", u.government_id AS "governmentId"
    FROM session s JOIN person p ON p.id = s.person_id
    LEFT JOIN role_grant g ON g.person_id = p.id AND g.valid_from <= ${at} AND (g.valid_to IS NULL OR g.valid_to > ${at})
    LEFT JOIN unit u ON u.id = g.unit_id
    WHERE s.id = ${id}::uuid AND s.revoked_at IS NULL AND s.expires_at > ${at} AND p.disabled_at IS NULL ORDER BY g.id`;
  const [person] = rows;
  if (!person) return null;
  return {
    personId: person.personId,
    name: person.name,
    locale: person.locale === "en" ? "en" : "id",
    sessionId: id,
    authorities: rows.flatMap(({ role, reach, unitId, governmentId }) => (role === null ? [] : [{ role, reach, unitId, governmentId }])),
  };
}

/** The only reader of the session: asks the database once a request, so that a disabled person is refused at the next. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const id = await sessionId();
  return id ? actorOfSession(id) : null;
});
