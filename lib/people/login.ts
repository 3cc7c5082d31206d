import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { record } from "../core/audit.ts";
import { checkPassword, nobodysHash } from "./password.ts";
import { blockedMinutes, countFailure, forgetFailures } from "./throttle.ts";

const SESSION_HOURS = 12;
export type LoginResult = { ok: true; sessionId: string; personId: string; name: string } | { ok: false; problem: "invalid" | "throttled"; minutes?: number };

/**
 * Checks an e-mail address or NIP with a password and opens a session of 12 hours. Unknown identity, wrong password and
 * disabled person answer alike and take alike.
 */
export async function logIn(input: { identity: string; password: string; address: string; userAgent: string | null }): Promise<LoginResult> {
  const identity = input.identity.trim().toLowerCase();
  const minutes = await blockedMinutes(identity, input.address);
  if (minutes) return { ok: false, problem: "throttled", minutes };
  const nip = identity.replace(/\D/g, "");
  const person = await db.person.findFirst({
    where: identity.includes("@") ? { email: identity } : { nip: nip || "none" },
    select: { id: true, name: true, passwordHash: true, disabledAt: true },
  });
  const right = await checkPassword(person?.passwordHash ?? nobodysHash, input.password).catch(() => false);
  if (!person || !right || person.disabledAt) {
    await countFailure(identity, input.address);
    return { ok: false, problem: "invalid" };
  }
  await forgetFailures(identity);
  const at = now();
  const session = await db.$transaction(async (tx) => {
    const row = await tx.session.create({
      data: { personId: person.id, createdAt: at, lastSeenAt: at, expiresAt: new Date(at.getTime() + SESSION_HOURS * 3_600_000), userAgent: input.userAgent?.slice(0, 300) },
      select: { id: true },
    });
    await record(tx, { personId: person.id }, { type: "session.opened", subjectType: "person", subjectId: person.id, place: null });
    return row;
  });
  return { ok: true, sessionId: session.id, personId: person.id, name: person.name };
}

/** Ends one session at once, in every browser that carries it. */
export const logOut = (sessionId: string) => db.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: now() } });
