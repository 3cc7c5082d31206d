import { headers } from "next/headers";
import { getToken } from "next-auth/jwt";
import { cache } from "react";
import type { Actor, Authority, Reach } from "./access.ts";
import { now } from "./clock.ts";
import { db } from "./db.ts";
import { env } from "./env.ts";
import type { Role } from "./roles.ts";

export const secureCookies = () => env().APP_URL.startsWith("https:");

/** The id of the session row that the request's cookie names, unverified against the database. */
async function sessionId(): Promise<string | null> {
  const request = { headers: new Headers(await headers()) };
  const token = await getToken({ req: request, secret: env().AUTH_SECRET, secureCookie: secureCookies() });
  return typeof token?.sid === "string" ? token.sid : null;
}

/** The actor of a live session row; null once it is revoked, over, or its person disabled. */
export async function actorOfSession(id: string): Promise<Actor | null> {
  const at = now();
  const session = await db.session.findFirst({
    where: { id, revokedAt: null, expiresAt: { gt: at }, person: { disabledAt: null } },
    select: {
      id: true,
      person: {
        select: {
          id: true,
          name: true,
          locale: true,
          grants: {
            where: { validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] },
            orderBy: { id: "asc" },
            select: { role: true, reach: true, unitId: true, unit: { select: { governmentId: true } } },
          },
        },
      },
    },
  });
  if (!session) return null;
  const authorities: Authority[] = session.person.grants.map((g) => ({
    role: g.role as Role,
    reach: g.reach as Reach,
    unitId: g.unitId,
    governmentId: g.unit.governmentId,
  }));
  return {
    personId: session.person.id,
    name: session.person.name,
    locale: session.person.locale === "en" ? "en" : "id",
    sessionId: session.id,
    authorities,
  };
}

/** The only reader of the session: asks the database once a request, so that a disabled person is refused at the next. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const id = await sessionId();
  return id ? actorOfSession(id) : null;
});
