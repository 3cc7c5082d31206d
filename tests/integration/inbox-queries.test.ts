/** What the inbox shows: every case once and in its order, and no answer twice. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { type CaseCursor, listCases } from "#lib/inbox/lists/lists.ts";
import { assignableBy, caseDetail } from "#lib/inbox/queries.ts";
import { answerCase } from "#lib/inbox/replies/answering.ts";
import type { CaseView } from "#lib/inbox/rules.ts";
import { unitByCode } from "#lib/units/queries.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

let number = 0;
async function ask(text: string, minutesAgo: number) {
  number += 1;
  const remoteId = `asked-${number}`;
  const sentAt = new Date(now().getTime() - minutesAgo * 60_000);
  const author = { remoteId: `citizen-${number}`, name: `Warga ${number}` };
  await ingest(world.channels.facebook, [
    { remoteId, postRemoteId: "post", parentRemoteId: null, author, text, sentAt, own: false, ref: null },
  ]);
  return db.inboxCase.findFirstOrThrow({ where: { rootRemoteId: remoteId } });
}

async function pages(view: CaseView, size: number) {
  const unit = await unitByCode("33.28.dinkes");
  if (!unit) throw new Error("no unit");
  const seen = [];
  let after: CaseCursor | null = null;
  for (let turn = 0; turn < 20; turn += 1) {
    const { rows, next } = await listCases(world.people.admin, unit, view, now(), after, size);
    seen.push(...rows);
    if (!next) return seen;
    after = next;
  }
  throw new Error("the list has no end");
}

describe("the list, page by page", () => {
  beforeAll(async () => {
    for (let i = 0; i < 5; i += 1) await ask("Kapan jadwal imunisasi di puskesmas?", 60 * i);
    // Put back by a person: open, but nobody waits for an answer.
    for (let i = 0; i < 4; i += 1) {
      const { id } = await ask("Terima kasih, petugasnya ramah. Mantap!", 10 * i);
      await db.inboxCase.update({ where: { id }, data: { state: "open" } });
    }
  });

  it.each([1, 2, 3, 4, 5, 100])("shows every waiting case once, by deadline, those without one last (%i a page)", async (size) => {
    const rows = await pages("open", size);
    expect(new Set(rows.map((row) => row.id)).size).toBe(9);
    expect(rows).toHaveLength(9);
    const due = rows.map((row) => row.dueAt?.getTime() ?? Number.POSITIVE_INFINITY);
    expect(due).toEqual([...due].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(due.slice(5)).toEqual(Array(4).fill(Number.POSITIVE_INFINITY));
  });

  it.each([1, 4, 100])("shows all cases once, the last spoken of first (%i a page)", async (size) => {
    const at = (await pages("all", size)).map((row) => row.lastMessageAt.getTime());
    expect(at).toHaveLength(9);
    expect(at).toEqual([...at].sort((a, b) => b - a));
  });
});

describe("an answer on its way", () => {
  const shown = async (caseId: string) =>
    (await caseDetail(world.people.admin, caseId)).thread.flatMap((item) => (item.type === "reply" ? [`${item.state}: ${item.text}`] : []));
  const answer = async (caseId: string, text: string) => {
    const { revision } = await db.inboxCase.findUniqueOrThrow({ where: { id: caseId } });
    expect(await answerCase(world.people.admin, { caseId, revision, text })).toEqual({ ok: true, waits: false });
    return db.reply.findFirstOrThrow({ where: { caseId, text } });
  };
  const settle = (subjectId: string, data: object) => db.publication.updateMany({ where: { subjectId }, data });

  it("stays in sight until it is a message, also in the moment between", async () => {
    const { id } = await ask("Jam berapa loket buka?", 5);
    const reply = await answer(id, "Pukul 08.00.");
    expect(await shown(id)).toEqual(["due: Pukul 08.00."]);
    await settle(reply.id, { state: "published", publishedAt: now() });
    expect(await shown(id)).toEqual(["published: Pukul 08.00."]);
  });

  it("is not offered for sending again once another answer was given", async () => {
    const { id } = await ask("Apakah buka hari Sabtu?", 5);
    const first = await answer(id, "Tidak.");
    await settle(first.id, { state: "failed", problem: { code: "gave-up" } });
    expect(await shown(id)).toEqual(["failed: Tidak."]);
    await answer(id, "Mohon maaf, tidak buka.");
    expect(await shown(id)).toEqual(["due: Mohon maaf, tidak buka."]);
  });
});

describe("a case is given", () => {
  it("by those who answer it, to those who answer it", async () => {
    const { dinkes } = world.units;
    const place = { unitId: dinkes.id, governmentId: dinkes.governmentId };
    const names = async (actor: (typeof world.people)["admin"]) => (await assignableBy(actor, place)).map((person) => person.name);
    expect(await names(world.people.admin)).toEqual(["Agus Salim", "Budi Santoso", "Sri Wahyuni"]);
    expect(await names(world.people.head)).toEqual([]);
    expect(await names(world.people.farAdmin)).toEqual([]);
  });
});
