import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { moveClockTo, now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { actorOfSession } from "#lib/core/session.ts";
import { disablePerson, enablePerson } from "#lib/people/directory.ts";
import { logIn, logOut } from "#lib/people/login.ts";
import { hashPassword } from "#lib/people/password.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";

const password = "Kopi-tubruk-1908";
const minute = 60_000;
const start = new Date("2026-11-24T02:00:00Z");

let database: FreshDatabase;
let unitId: string;
let passwordHash: string;
let people = 0;

beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.webUrl;
  process.env.AUTH_SECRET = randomBytes(24).toString("hex");
  process.env.GARDA_KEYS = `uji:${randomBytes(32).toString("base64")}`;
  passwordHash = await hashPassword(password);
  unitId = crypto.randomUUID();
  await db.unit.create({
    data: { id: unitId, code: "33.28", name: "Kabupaten Tegal", shortName: "Kab. Tegal", kind: "regency", governmentId: unitId },
  });
});

afterEach(async () => {
  moveClockTo(new Date());
  await db.loginThrottle.deleteMany();
});

afterAll(async () => {
  await db.$disconnect();
  await database?.drop();
});

type Term = { role: string; validFrom?: Date; validTo?: Date };

async function person(terms: Term[] = [{ role: "admin" }]) {
  people += 1;
  const nip = String(198001012005010000n + BigInt(people));
  const grants = terms.map(({ validFrom = new Date(0), ...rest }) => ({ unitId, reach: "own", validFrom, ...rest }));
  return db.person.create({
    data: { name: `Pegawai ${people}`, email: `pegawai${people}@tegal.example`, nip, passwordHash, grants: { create: grants } },
  });
}

const attempt = (identity: string, given = password, address = "192.0.2.1") =>
  logIn({ identity, password: given, address, userAgent: null });

async function loggedIn(identity: string) {
  const result = await attempt(identity);
  if (!result.ok) throw new Error(`could not log in: ${result.problem}`);
  return result.sessionId;
}

describe("who may come in", () => {
  it("opens a session by e-mail address, whatever its case", async () => {
    const { id, email, name } = await person();
    expect(await actorOfSession(await loggedIn(` ${email.toUpperCase()} `))).toMatchObject({ personId: id, name });
  });

  it("opens a session by NIP, typed with or without the usual spaces", async () => {
    const { id, nip } = await person();
    const spaced = nip!.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, "$1 $2 $3 $4");
    for (const typed of [nip!, spaced]) expect((await actorOfSession(await loggedIn(typed)))?.personId).toBe(id);
  });

  it("answers a wrong password, an unknown identity and a disabled person alike", async () => {
    const known = await person();
    const disabled = await person();
    await db.person.update({ where: { id: disabled.id }, data: { disabledAt: now() } });
    const answers = [
      await attempt(known.email, "salah"),
      await attempt("tidak.ada@tegal.example"),
      await attempt("199912312030019999"),
      await attempt("bukan nama"),
      await attempt(disabled.email),
      await attempt(disabled.email, "salah"),
    ];
    for (const answer of answers) expect(answer).toEqual({ ok: false, problem: "invalid" });
    expect(await db.session.count({ where: { personId: { in: [known.id, disabled.id] } } })).toBe(0);
  });

  it("counts failures for somebody unknown like those for somebody known, so that the count tells nothing either", async () => {
    const known = await person();
    for (const identity of [known.email, "tidak.ada@tegal.example"]) {
      const problems: (string | null)[] = [];
      for (let n = 0; n < 6; n += 1) {
        const answer = await attempt(identity, "salah");
        problems.push(answer.ok ? null : answer.problem);
      }
      expect(problems).toEqual(["invalid", "invalid", "invalid", "invalid", "invalid", "throttled"]);
    }
  });
});

describe("guessing", () => {
  it("is stopped after five failures, even for the right password, and let on after a quarter of an hour", async () => {
    const { email } = await person();
    moveClockTo(start);
    for (let n = 0; n < 5; n += 1) await attempt(email, "salah");
    expect(await attempt(email)).toEqual({ ok: false, problem: "throttled", minutes: 15 });
    expect(await attempt(email, password, "192.0.2.99")).toMatchObject({ problem: "throttled" });
    moveClockTo(new Date(start.getTime() + 14.2 * minute));
    expect(await attempt(email)).toMatchObject({ problem: "throttled", minutes: 1 });
    moveClockTo(new Date(start.getTime() + 16 * minute));
    expect(await attempt(email)).toMatchObject({ ok: true });
  });

  it("is forgotten after a success: four failures do not wait for the next slip", async () => {
    const { email } = await person();
    for (let n = 0; n < 4; n += 1) await attempt(email, "salah");
    expect(await attempt(email)).toMatchObject({ ok: true });
    expect(await attempt(email, "salah")).toMatchObject({ problem: "invalid" });
    expect(await attempt(email)).toMatchObject({ ok: true });
  });

  it("cannot spread over spellings of one NIP", async () => {
    const nip = (await person()).nip!;
    const spellings = [nip, `${nip} `, nip.replace(/^(.{8})/, "$1 "), nip.replace(/^(.{8})/, "$1x"), `nip.${nip}`];
    for (const spelling of spellings) expect(await attempt(spelling, "salah")).toMatchObject({ problem: "invalid" });
    expect(await attempt(`${nip}-`)).toMatchObject({ problem: "throttled" });
  });

  it("cannot outrun the count by guessing at once", async () => {
    const { email } = await person();
    const answers = await Promise.all(Array.from({ length: 16 }, () => attempt(email, "salah")));
    expect(answers.filter((answer) => !answer.ok && answer.problem === "invalid")).toHaveLength(5);
  });

  it("is stopped by address after thirty failures over many identities; other addresses go on", async () => {
    const { email } = await person();
    for (let n = 0; n < 30; n += 1) await attempt(`coba${n}@tegal.example`, "salah");
    expect(await attempt(email)).toMatchObject({ problem: "throttled" });
    expect(await attempt(email, password, "192.0.2.2")).toMatchObject({ ok: true });
  });

  it("leaves an office behind one address alone: those who succeed use up nothing", async () => {
    const { email } = await person();
    for (let n = 0; n < 32; n += 1) expect(await attempt(email)).toMatchObject({ ok: true });
  });
});

describe("a session", () => {
  it("ends at once for the browser that logs out, and for no other", async () => {
    const { email } = await person();
    const [one, other] = [await loggedIn(email), await loggedIn(email)];
    await logOut(one);
    expect(await actorOfSession(one)).toBeNull();
    expect(await actorOfSession(other)).not.toBeNull();
  });

  it("ends after twelve hours", async () => {
    const { email } = await person();
    moveClockTo(start);
    const session = await loggedIn(email);
    moveClockTo(new Date(start.getTime() + 12 * 60 * minute - minute));
    expect(await actorOfSession(session)).not.toBeNull();
    moveClockTo(new Date(start.getTime() + 12 * 60 * minute + minute));
    expect(await actorOfSession(session)).toBeNull();
  });

  it("ends when its person is disabled, and does not revive when the person comes back", async () => {
    const administrator = await person([]);
    await db.roleGrant.create({
      data: { personId: administrator.id, unitId, role: "system_admin", reach: "government", validFrom: new Date(0) },
    });
    const actor = await actorOfSession(await loggedIn(administrator.email));
    const { id: personId, email } = await person();
    const session = await loggedIn(email);
    expect(await disablePerson(actor!, { personId })).toEqual({ ok: true });
    expect(await actorOfSession(session)).toBeNull();
    expect(await enablePerson(actor!, { personId })).toEqual({ ok: true });
    expect(await actorOfSession(session)).toBeNull();
    expect(await actorOfSession(await loggedIn(email))).not.toBeNull();
  });

  it("is refused to a disabled person even where its row was left open", async () => {
    const { id, email } = await person();
    const session = await loggedIn(email);
    await db.person.update({ where: { id }, data: { disabledAt: now() } });
    expect(await actorOfSession(session)).toBeNull();
  });

  it("is nobody's when its row does not exist", async () => {
    expect(await actorOfSession(crypto.randomUUID())).toBeNull();
  });

  it("carries only the roles that hold at the moment: none that ended, none that is still to come", async () => {
    moveClockTo(start);
    const soon = new Date(start.getTime() + 60 * minute);
    const { email } = await person([
      { role: "admin" },
      { role: "head", validTo: new Date(start.getTime() - 1000) },
      { role: "verifier", validTo: soon },
      { role: "supervisor", validFrom: soon },
    ]);
    const session = await loggedIn(email);
    const held = async () => (await actorOfSession(session))?.authorities.map((a) => a.role).sort();
    expect(await held()).toEqual(["admin", "verifier"]);
    moveClockTo(soon);
    expect(await held()).toEqual(["admin", "supervisor"]);
  });
});
