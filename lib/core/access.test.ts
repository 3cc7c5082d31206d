import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type Actor,
  authorize,
  demand,
  inScope,
  may,
  type Permission,
  permissions,
  type Reach,
  reaches,
  scope,
  scopeSql,
  scopeSqlWithin,
} from "./access.ts";
import { type Role, roles } from "./roles.ts";

const tegal = "00000000-0000-7000-8000-000000000010";
const dinkes = "00000000-0000-7000-8000-000000000011";
const disdik = "00000000-0000-7000-8000-000000000012";
const brebes = "00000000-0000-7000-8000-000000000020";
const puskesmas = "00000000-0000-7000-8000-000000000021";

const places = {
  government: { unitId: tegal, governmentId: tegal },
  unit: { unitId: dinkes, governmentId: tegal },
  neighbour: { unitId: disdik, governmentId: tegal },
  foreign: { unitId: puskesmas, governmentId: brebes },
};

const actor = (...authorities: { role: Role; reach: Reach; unitId?: string; governmentId?: string }[]): Actor => ({
  personId: "p",
  name: "Sri",
  locale: "id",
  sessionId: "s",
  authorities: authorities.map((a) => ({ unitId: dinkes, governmentId: tegal, ...a })),
});
const everyPermission = Object.keys(permissions) as Permission[];

/** What each role may do, read from the roles' side. A change of the table has to be made in both places, on purpose. */
const allowed: Record<Role, Permission[]> = {
  admin: [
    "today.read",
    "post.read",
    "post.write",
    "post.schedule",
    "post.settle",
    "inbox.read",
    "inbox.work",
    "ppid.manage",
    "crisis.handle",
    "score.read",
    "report.read",
    "channel.read",
    "channel.manage",
    "coaching.read",
    "coaching.answer",
    "objection.file",
  ],
  verifier: [
    "today.read",
    "post.read",
    "post.review",
    "post.schedule",
    "inbox.read",
    "moderation.decide",
    "score.read",
    "report.read",
    "coaching.read",
    "objection.file",
  ],
  supervisor: [
    "today.read",
    "post.read",
    "post.review",
    "inbox.read",
    "inbox.work",
    "referral.decide",
    "moderation.decide",
    "ppid.manage",
    "crisis.handle",
    "score.read",
    "report.read",
    "report.make",
    "score.recompute",
    "channel.read",
    "approval.manage",
    "hours.manage",
    "schedule.pause",
    "figures.read",
    "coaching.read",
    "coaching.manage",
    "score.correct",
    "score.excuse",
    "objection.decide",
  ],
  head: [
    "today.read",
    "post.read",
    "post.review",
    "inbox.read",
    "referral.decide",
    "ppid.manage",
    "crisis.handle",
    "score.read",
    "report.read",
    "report.make",
    "score.recompute",
    "channel.read",
    "approval.manage",
    "hours.manage",
    "schedule.pause",
    "figures.read",
    "coaching.read",
    "coaching.manage",
    "score.correct",
    "score.excuse",
    "objection.decide",
    "score.set",
  ],
  analyst: [
    "today.read",
    "score.read",
    "report.read",
    "report.make",
    "score.recompute",
    "coaching.read",
    "score.correct",
    "score.excuse",
    "objection.decide",
    "score.set",
  ],
  auditor: ["today.read", "post.read", "inbox.read", "score.read", "report.read", "channel.read", "coaching.read"],
  system_admin: [
    "today.read",
    "score.read",
    "score.recompute",
    "channel.read",
    "channel.manage",
    "person.manage",
    "approval.manage",
    "hours.manage",
    "schedule.pause",
    "score.set",
  ],
};

describe.each(roles)("%s", (role) => {
  it.each(everyPermission)("%s", (permission) => {
    const holds = allowed[role].includes(permission);
    const person = actor({ role, reach: "own" });
    expect(may(person, permission)).toBe(holds);
    expect(reaches(person, permission, places.unit)).toBe(holds);
    if (holds) demand(person, permission);
    else expect(() => demand(person, permission)).toThrow("forbidden");
  });
});

it("docs/security.md has the same table", () => {
  const lines = readFileSync(new URL("../../docs/security.md", import.meta.url), "utf8").split("\n");
  const table = lines
    .filter((line) => /^\| [a-z]+\.[a-z]/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const written = table.flatMap(([names = "", ...held]) =>
    names.split(", ").map((name) => [name, roles.filter((_, i) => held[i] === "✓")]),
  );
  expect(Object.fromEntries(written)).toEqual(permissions);
  expect(written).toHaveLength(everyPermission.length);
});

describe("separation of duties", () => {
  it("lets nobody who writes review by the same role, and no reader change anything", () => {
    for (const role of permissions["post.review"]) expect(permissions["post.write"]).not.toContain(role);
    const changes = everyPermission.filter((permission) => !permission.endsWith(".read"));
    expect(changes.filter((permission) => (permissions[permission] as readonly Role[]).includes("auditor"))).toEqual([]);
  });
});

describe("reach", () => {
  const table: [Reach, { unitId: string }, (keyof typeof places)[]][] = [
    ["own", { unitId: dinkes }, ["unit"]],
    ["own", { unitId: tegal }, ["government"]],
    ["government", { unitId: tegal }, ["government", "unit", "neighbour"]],
    ["government", { unitId: dinkes }, ["government", "unit", "neighbour"]],
    ["subtree", { unitId: tegal }, ["government", "unit", "neighbour"]],
    ["subtree", { unitId: dinkes }, ["unit"]],
  ];

  it.each(table)("%s on %o", (reach, { unitId }, expected) => {
    const person = actor({ role: "supervisor", reach, unitId });
    const reached = (Object.keys(places) as (keyof typeof places)[]).filter((name) => reaches(person, "inbox.work", places[name]));
    expect(reached).toEqual(expected);
    for (const place of Object.values(places).filter((p) => !reaches(person, "inbox.work", p)))
      expect(() => authorize(person, "inbox.work", place)).toThrow("forbidden");
  });

  it("does not lend one grant's reach to another grant's role", () => {
    const person = actor({ role: "auditor", reach: "government", unitId: tegal }, { role: "verifier", reach: "own" });
    expect(reaches(person, "post.read", places.neighbour)).toBe(true);
    expect(reaches(person, "post.review", places.neighbour)).toBe(false);
    expect(reaches(person, "post.review", places.unit)).toBe(true);
    expect(scope(person, "post.review")).toMatchObject({ units: [dinkes], governments: [], subtrees: [] });
    expect(scope(person, "post.read")).toMatchObject({ units: [dinkes], governments: [tegal], subtrees: [] });
  });

  it("gives nobody without a grant anything, and filters to nothing rather than to everything", () => {
    for (const permission of everyPermission) {
      expect(may(actor(), permission)).toBe(false);
      expect(inScope(actor(), permission)).toEqual({ OR: [{ unitId: { in: [] } }, { governmentId: { in: [] } }] });
      expect(scopeSql(actor(), permission, "p").sql).toBe("false");
    }
  });

  it("asks nothing more of rows of one place which a grant reaches whole, and everything of others", () => {
    const within = (grants: Parameters<typeof actor>, place: { unitId: string | null; governmentId: string }) =>
      scopeSqlWithin(actor(...grants), "inbox.read", "p", place).sql;
    const [unit, government] = [
      { unitId: dinkes, governmentId: tegal },
      { unitId: null, governmentId: tegal },
    ];
    expect(within([{ role: "admin", reach: "own" }], unit)).toBe("true");
    expect(within([{ role: "head", reach: "government", unitId: tegal }], unit)).toBe("true");
    expect(within([{ role: "head", reach: "government", unitId: tegal }], government)).toBe("true");
    expect(within([{ role: "head", reach: "subtree", unitId: tegal }], government)).toBe("true");
    expect(within([{ role: "admin", reach: "own", unitId: tegal }], government)).toBe("(p.unit_id = ANY(?::uuid[]))");
    expect(within([{ role: "admin", reach: "own" }], government)).toBe("(p.unit_id = ANY(?::uuid[]))");
    expect(within([{ role: "analyst", reach: "government", unitId: tegal }], government)).toBe("false");
    expect(within([], unit)).toBe("false");
  });
});

describe("the border between governments", () => {
  const upward = (role: Role) => actor({ role, reach: "subtree", unitId: tegal });
  const holder = (permission: Permission) => upward(permissions[permission][0]);
  const crossing: Permission[] = ["today.read", "score.read", "score.recompute", "score.correct", "score.excuse", "objection.decide"];

  it.each(everyPermission)("%s: a subtree crosses it for scores alone", (permission) => {
    const crosses = crossing.includes(permission);
    const [, , subtree] = inScope(holder(permission), permission).OR;
    const below = { unit: { ancestors: { some: { ancestorId: tegal } } } };
    expect(subtree).toEqual(crosses ? below : { ...below, governmentId: tegal });
    const sql = scopeSql(holder(permission), permission, "p");
    expect(sql.sql.includes("AND p.government_id =")).toBe(!crosses);
    expect(sql.values).toEqual(crosses ? [tegal] : [tegal, tegal]);
  });

  it("filters units themselves by the same rule", () => {
    const below = { ancestors: { some: { ancestorId: tegal } } };
    expect(inScope(upward("analyst"), "score.read", "id").OR).toEqual([{ id: { in: [] } }, { governmentId: { in: [] } }, below]);
    expect(inScope(upward("head"), "post.read", "id").OR[2]).toEqual({ ...below, governmentId: tegal });
  });

  it("is never crossed by a change: what is reached ends at the own government", () => {
    for (const permission of everyPermission) expect(reaches(holder(permission), permission, places.foreign)).toBe(false);
  });
});
