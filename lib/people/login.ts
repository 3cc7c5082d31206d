import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { checkPassword, nobodysHash } from "./password.ts";
import { forgetAttempts, takeAttempt } from "./throttle.ts";

const SESSION_HOURS = 12;
export type LoginResult =
  | { ok: true; sessionId: string; personId: string; name: string }
  | { ok: false; problem: "invalid" | "throttled"; minutes?: number };

/** An e-mail address in small letters, or the digits of a NIP: the same person by one name alone, however it is typed. */
const canonical = (identity: string) => {
  const typed = identity.trim().toLowerCase();
  return typed.includes("@") ? typed : typed.replace(/\D/g, "") || typed;
};

/**
 * Checks an e-mail address or NIP with a password and opens a session of 12 hours. Unknown identity, wrong password and
 * disabled person answer alike and take alike.
 */
export async function logIn(input: {
  identity: string;
  password: string;
  address: string;
  userAgent: string | null;
}): Promise<LoginResult> {
  // Counted under the name that is looked up: each spelling of a NIP would else bring five guesses of its own.
  const identity = canonical(input.identity);
  const minutes = await takeAttempt(identity, input.address);
  if (minutes) return { ok: false, problem: "throttled", minutes };
  const person = await db.person.findFirst({
    where: identity.includes("@") ? { email: identity } : { nip: identity },
    select: { id: true, name: true, passwordHash: true, disabledAt: true },
  });
  const right = await checkPassword(person?.passwordHash ?? nobodysHash, input.password).catch(() => false);
  if (!person || !right || person.disabledAt) return { ok: false, problem: "invalid" };
  await forgetAttempts(identity, input.address);
  const at = now();
  const session = await db.$transaction(async (tx) => {
    const row = await tx.session.create({
      data: {
        personId: person.id,
        createdAt: at,
        expiresAt: new Date(at.getTime() + SESSION_HOURS * 3_600_000),
        userAgent: input.userAgent?.slice(0, 300),
      },
      select: { id: true },
    });
    await record(tx, { personId: person.id }, { type: "session.opened", subjectType: "person", subjectId: person.id, place: null });
    return row;
  });
  return { ok: true, sessionId: session.id, personId: person.id, name: person.name };
}

/** Ends one session at once, in every browser that carries it. */
export const logOut = (sessionId: string) =>
  db.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: now() } });
