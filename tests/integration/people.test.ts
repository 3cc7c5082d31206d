import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor, Reach } from "#lib/core/access.ts";
import { db } from "#lib/core/db.ts";
import type { Role } from "#lib/core/roles.ts";
import { createPerson, disablePerson, listPeople } from "#lib/people/directory.ts";
import { checkPassword } from "#lib/people/password.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";

let database: FreshDatabase;
const tegal = { id: crypto.randomUUID(), office: crypto.randomUUID() };
const brebes = { id: crypto.randomUUID(), office: crypto.randomUUID() };

beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.webUrl;
  process.env.AUTH_SECRET = randomBytes(24).toString("hex");
  process.env.GARDA_KEYS = `uji:${randomBytes(32).toString("base64")}`;
  for (const [name, { id, office }] of Object.entries({ tegal, brebes })) {
    await db.unit.create({ data: { id, code: name, name, shortName: name, kind: "regency", governmentId: id } });
    const data = { id: office, code: `${name}.1`, name: `Dinkes ${name}`, shortName: `Dinkes ${name}`, kind: "agency", governmentId: id };
    await db.unit.create({ data });
  }
});

afterAll(async () => {
  await db.$disconnect();
  await database?.drop();
});

const administrator = (government: string, reach: Reach = "government", unitId = government): Actor => ({
  personId: crypto.randomUUID(),
  name: "Admin",
  locale: "id",
  sessionId: crypto.randomUUID(),
  authorities: [{ role: "system_admin", reach, unitId, governmentId: government }],
});

let number = 0;
const newcomer = (unitId: string, role: Role = "admin", name = "Sri Wahyuni") => {
  number += 1;
  return { name, email: `orang${number}@tegal.example`, nip: "", unitId, role };
};
const idOf = async ({ email }: { email: string }) => (await db.person.findUniqueOrThrow({ where: { email } })).id;
const names = async (actor: Actor, text?: string) => (await listPeople(actor, { text })).map((person) => person.email);

it("makes people on the own government's units and on nobody else's", async () => {
  expect(await createPerson(administrator(tegal.id), newcomer(tegal.office))).toMatchObject({ ok: true });
  await expect(createPerson(administrator(tegal.id), newcomer(brebes.office))).rejects.toMatchObject({ code: "not-found" });
});

it("gives a new person a password that reads unmistakably on paper, and keeps only its hash", async () => {
  const first = newcomer(tegal.office);
  const made = [await createPerson(administrator(tegal.id), first), await createPerson(administrator(tegal.id), newcomer(tegal.office))];
  const passwords = made.map((answer) => (answer.ok ? answer.password : ""));
  for (const password of passwords) expect(password).toMatch(/^[a-km-np-z2-9]{4}-[a-km-np-z2-9]{4}-[a-km-np-z2-9]{4}$/);
  expect(passwords[0]).not.toBe(passwords[1]);
  const { passwordHash } = await db.person.findUniqueOrThrow({ where: { email: first.email } });
  expect(await checkPassword(passwordHash, passwords[0] ?? "")).toBe(true);
  expect(passwordHash).not.toContain(passwords[0]);
});

it("lets nobody give a wider reach than his own: an office's administrator makes no head of the government", async () => {
  const actor = administrator(tegal.id, "own", tegal.office);
  await expect(createPerson(actor, newcomer(tegal.office, "head"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(createPerson(actor, newcomer(tegal.office, "system_admin"))).rejects.toMatchObject({ code: "forbidden" });
  expect(await createPerson(actor, newcomer(tegal.office, "verifier"))).toMatchObject({ ok: true });
});

it("says which entry somebody else uses already", async () => {
  const first = { ...newcomer(tegal.office), nip: "198001012005011001" };
  await createPerson(administrator(tegal.id), first);
  expect(await createPerson(administrator(tegal.id), first)).toEqual({ ok: false, problems: [{ field: "email", code: "taken" }] });
  const second = { ...newcomer(tegal.office), nip: first.nip };
  expect(await createPerson(administrator(tegal.id), second)).toEqual({ ok: false, problems: [{ field: "nip", code: "taken" }] });
});

it("neither shows nor disables people of another government, nor those whose role here has ended", async () => {
  const stranger = newcomer(brebes.office);
  await createPerson(administrator(brebes.id), stranger);
  const left = newcomer(tegal.office);
  await createPerson(administrator(tegal.id), left);
  await db.roleGrant.updateMany({ where: { personId: await idOf(left) }, data: { validTo: new Date(Date.now() - 1000) } });
  for (const person of [stranger, left]) {
    expect(await names(administrator(tegal.id))).not.toContain(person.email);
    const personId = await idOf(person);
    await expect(disablePerson(administrator(tegal.id), { personId })).rejects.toMatchObject({ code: "not-found" });
  }
});

it("finds people by a part of the name or address in any case, and by how a NIP begins", async () => {
  const person = { ...newcomer(tegal.office, "admin", "Bagus Nugroho"), nip: "199003142015031002" };
  await createPerson(administrator(tegal.id), person);
  for (const text of ["nugro", person.email.toUpperCase(), "19900314 2015", "199003142015031002"])
    expect(await names(administrator(tegal.id), text)).toContain(person.email);
  expect(await names(administrator(tegal.id), "031002")).not.toContain(person.email);
});

it("turns the page after the last row without losing or repeating anybody of the same name", async () => {
  const actor = administrator(brebes.id);
  for (let n = 0; n < 60; n += 1) {
    const grants = { create: { unitId: brebes.office, role: "admin", reach: "own" } };
    await db.person.create({ data: { name: "Siti Aminah", email: `siti${n}@brebes.example`, passwordHash: "-", grants } });
  }
  const all = await db.person.count({ where: { grants: { some: { unit: { governmentId: brebes.id } } } } });
  const first = (await listPeople(actor, {})).slice(0, 50);
  const second = await listPeople(actor, { after: first.at(-1) });
  expect(new Set([...first, ...second].map((person) => person.id)).size).toBe(all);
  expect(first.length + second.length).toBe(all);
});
