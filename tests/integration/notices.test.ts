/** Who hears of what: each piece of news once, only those concerned, and nobody of his own doing. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Flow, Step } from "#lib/approvals/flow.ts";
import { saveFlow } from "#lib/approvals/settings.ts";
import { type Actor, rolesOver } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { signal } from "#lib/core/live.ts";
import { roles } from "#lib/core/roles.ts";
import { tellOfPublication } from "#lib/delivery/telling.ts";
import { notify } from "#lib/notices/notifying.ts";
import { savePreferences } from "#lib/notices/preferring.ts";
import { countUnread, noticesOf, preferencesOf } from "#lib/notices/queries.ts";
import { forgetNotices, readAllNotices, readNotice } from "#lib/notices/reading.ts";
import { usualHabits, usualHours } from "#lib/notices/types.ts";
import { holdersOf } from "#lib/people/holders.ts";
import { markEmergencySeen, publishEmergency } from "#lib/posts/emergency.ts";
import { remindOfEmergencies, remindReviewers } from "#lib/posts/reminding.ts";
import { decideOnPost, submitPost, withdrawPost } from "#lib/posts/review.ts";
import { localDay } from "#lib/units/calendar.ts";
import { GET as live } from "../../app/api/live/route.ts";
import { approval, draft, type PostRef, returned } from "../support/desk.ts";
import { duePost } from "../support/publications.ts";
import { eventually, makeWorld, refusalOf, type World } from "../support/world.ts";

const session = vi.hoisted(() => ({ actor: null as unknown }));
vi.mock("#lib/core/session.ts", () => ({ currentActor: async () => session.actor, actorOfSession: async () => session.actor }));

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
beforeEach(() => db.notice.deleteMany());
afterEach(() => db.settingsVersion.deleteMany());

const HOUR = 3_600_000;
const step = (more: Partial<Step> = {}): Step => ({
  ...{ name: "Verifikasi", need: "any", approvers: [{ kind: "role", role: "verifier" }], deputies: [], deputyAfterHours: null },
  ...more,
});
const setFlow = async (flow: Flow) => {
  const validFrom = localDay(now(), "Asia/Jakarta");
  expect(await saveFlow(world.people.supervisor, { unitId: world.units.dinkes.id, validFrom, flow })).toEqual({ ok: true });
};
const submitted = async (): Promise<PostRef> => {
  const post = await draft(world.people.admin, [world.channels.facebook]);
  expect(await submitPost(world.people.admin, post)).toEqual({ ok: true });
  return post;
};
/** Who was told this (of this subject), by name. */
const told = async (type: string, subjectId?: string) => {
  const rows = await db.notice.findMany({ where: { type, subjectId }, include: { person: { select: { name: true } } } });
  return rows.map(({ person }) => person.name).sort();
};
const names = (...actors: Actor[]) => actors.map(({ name }) => name).sort();
const about = (id: string) => ({ type: "post", id });
const tell = (to: Actor[], key: string, by: Actor | null = null) =>
  db.$transaction((tx) =>
    notify(tx, {
      ...{ type: "review.reminded", to: to.map(({ personId }) => personId), by: by?.personId ?? null, subject: about(crypto.randomUUID()) },
      ...{ unitId: null, params: { title: key, unit: "Dinkes", hours: 4 }, link: "/review", key },
    }),
  );

describe("a verification", () => {
  it("is asked of those who may decide on this step, and of nobody else; each round anew", async () => {
    const { verifier, secondVerifier, secondAdmin, admin } = world.people;
    const post = await submitted();
    expect(await told("review.asked")).toEqual(names(verifier, secondVerifier, secondAdmin));
    const [row] = await db.notice.findMany({ where: { personId: verifier.personId } });
    expect(row).toMatchObject({ link: `/review/${post.postId}`, mailState: "none", unitId: world.units.dinkes.id, urgent: false });
    expect(row?.params).toMatchObject({ by: admin.name, unit: "Dinkes", step: 1, of: 1 });
    await withdrawPost(admin, post);
    await submitPost(admin, post);
    expect(await told("review.asked")).toHaveLength(6);
  });

  it("goes on to the next step's approvers, and ends with its author", async () => {
    const { verifier, head, admin } = world.people;
    await setFlow({ steps: [step(), step({ name: "Kepala", approvers: [{ kind: "role", role: "head" }] })] });
    const post = await submitted();
    expect(await told("review.asked")).not.toContain(head.name);
    await decideOnPost(verifier, approval(post));
    expect((await told("review.asked")).filter((name) => name === head.name)).toHaveLength(1);
    expect(await told("review.decided")).toEqual([]);
    expect(await decideOnPost(head, returned(post, "Sebutkan jam layanannya"))).toMatchObject({ ok: true });
    expect(await told("review.decided")).toEqual([admin.name]);
    const decided = await db.notice.findFirstOrThrow({ where: { type: "review.decided" } });
    expect(decided).toMatchObject({
      link: `/posts/${post.postId}`,
      params: { decision: "return", by: head.name, text: "Sebutkan jam layanannya" },
    });
  });

  it("that stands still is brought to mind once after four hours; then the deputies hear once that they may decide", async () => {
    const { verifier, secondVerifier, head, admin } = world.people;
    await setFlow({
      steps: [
        step({
          need: "all",
          approvers: [verifier, secondVerifier].map(({ personId }) => ({ kind: "person", personId })),
          deputies: [{ kind: "role", role: "head" }],
          deputyAfterHours: 6,
        }),
      ],
    });
    const post = await submitted();
    await decideOnPost(verifier, approval(post));
    await world.passTime(4 * HOUR - 60_000);
    await remindReviewers();
    expect(await told("review.reminded", post.postId)).toEqual([]);
    await world.passTime(120_000);
    await Promise.all([remindReviewers(), remindReviewers()]);
    expect(await told("review.reminded", post.postId)).toEqual([secondVerifier.name]);
    expect(await told("review.escalated", post.postId)).toEqual([]);
    await world.passTime(2 * HOUR);
    await remindReviewers();
    await remindReviewers();
    expect(await told("review.reminded", post.postId)).toEqual([secondVerifier.name]);
    expect(await told("review.escalated", post.postId)).toEqual([head.name]);
    expect(await withdrawPost(admin, post)).toEqual({ ok: true });
    await world.passTime(9 * HOUR);
    await remindReviewers();
    expect(await told("review.escalated", post.postId)).toEqual([head.name]);
  });

  it("that still stands is brought to mind again each day, for a week", async () => {
    const { verifier, secondVerifier } = world.people;
    const post = await submitted();
    const reminders = async () => (await told("review.reminded", post.postId)).filter((name) => name === verifier.name).length;
    await world.passTime(27 * HOUR);
    await remindReviewers();
    await remindReviewers();
    expect(await reminders()).toBe(1);
    await world.passTime(2 * HOUR);
    await remindReviewers();
    await remindReviewers();
    expect(await reminders()).toBe(2);
    await decideOnPost(secondVerifier, returned(post, "Sebutkan jamnya"));
    await world.passTime(24 * HOUR);
    await remindReviewers();
    expect(await reminders()).toBe(2);
  });

  it("whose planned time passes undecided: its author, those asked and the supervisor hear of it once", async () => {
    const { admin, verifier, secondVerifier, secondAdmin, supervisor } = world.people;
    const post = await submitted();
    await db.post.update({ where: { id: post.postId }, data: { publishAt: new Date(now().getTime() + 10 * 60_000) } });
    await remindReviewers();
    expect(await told("review.late", post.postId)).toEqual([]);
    await world.passTime(11 * 60_000);
    await remindReviewers();
    await remindReviewers();
    expect(await told("review.late", post.postId)).toEqual(names(admin, verifier, secondVerifier, secondAdmin, supervisor));
    expect(await told("review.reminded", post.postId)).toEqual([]);
    const links = await db.notice.findMany({ where: { type: "review.late", personId: admin.personId }, select: { link: true } });
    expect(links).toEqual([{ link: `/posts/${post.postId}` }]);
  });

  it("that nobody may decide: its author and the supervisor hear of it once", async () => {
    const { secondAdmin, supervisor } = world.people;
    await setFlow({ steps: [step({ approvers: [{ kind: "person", personId: secondAdmin.personId }] })] });
    const post = await draft(secondAdmin, [world.channels.facebook]);
    expect(await submitPost(secondAdmin, post)).toEqual({ ok: true });
    await world.passTime(2 * HOUR);
    await remindReviewers();
    await remindReviewers();
    expect(await told("review.nobody", post.postId)).toEqual(names(secondAdmin, supervisor));
    const decidable = await db.notice.count({ where: { type: "review.reminded", subjectId: post.postId } });
    expect(decidable).toBe(0);
  });

  it("passed over in an emergency and looked at by none is brought to mind each day until it is", async () => {
    const { admin, verifier, secondVerifier, secondAdmin, supervisor, head } = world.people;
    const post = await draft(admin, [world.channels.facebook]);
    expect(await publishEmergency(admin, { ...post, reason: "Banjir bandang di hulu" })).toEqual({ ok: true });
    await world.passTime(23 * HOUR);
    await remindOfEmergencies();
    expect(await told("emergency.unseen", post.postId)).toEqual([]);
    await world.passTime(2 * HOUR);
    await remindOfEmergencies();
    await remindOfEmergencies();
    expect(await told("emergency.unseen", post.postId)).toEqual(names(verifier, secondVerifier, secondAdmin, supervisor, head));
    expect(await markEmergencySeen(verifier, { postId: post.postId, note: "" })).toEqual({ ok: true });
    await world.passTime(24 * HOUR);
    await remindOfEmergencies();
    expect(await told("emergency.unseen", post.postId)).toHaveLength(5);
  });

  it("passed over in an emergency: everyone hears of it who could have decided, at any hour, but not who did it", async () => {
    const { admin, verifier, secondVerifier, secondAdmin, supervisor, head } = world.people;
    const post = await draft(admin, [world.channels.facebook]);
    expect(await publishEmergency(admin, { ...post, reason: "Banjir bandang di hulu" })).toEqual({ ok: true });
    expect(await told("emergency.used")).toEqual(names(verifier, secondVerifier, secondAdmin, supervisor, head));
    const [row] = await db.notice.findMany({ where: { type: "emergency.used" } });
    expect(row).toMatchObject({ urgent: true, params: { by: admin.name, reason: "Banjir bandang di hulu" } });
  });

  it("whose transaction is undone was told to nobody", async () => {
    const { verifier } = world.people;
    const undone = db.$transaction(async (tx) => {
      await notify(tx, {
        ...{ type: "crisis.opened", to: [verifier.personId], by: null, subject: about(crypto.randomUUID()), unitId: null },
        ...{ params: { title: "x", unit: "y" }, link: "/", key: "undone" },
      });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await countUnread(verifier)).toBe(0);
  });
});

it.each([
  ["failed", null, "publication.failed"],
  ["unknown", { code: "ask-person" }, "publication.asks-person"],
])("a publication that is %s: those who write for the unit hear of it, of each try once", async (state, problem, type) => {
  const { admin, secondAdmin } = world.people;
  const post = await duePost(world.channels.facebook);
  const settle = async (number: number) => {
    const tried = { publicationId: post.id, number, purpose: "publish", worker: "uji", startedAt: now() };
    await db.publicationAttempt.create({ data: tried });
    await db.publication.update({
      where: { id: post.id },
      data: { state, ...(problem ? { problem } : {}), runAt: new Date("9999-12-31") },
    });
    await Promise.all([tellOfPublication(post.id), tellOfPublication(post.id)]);
  };
  await settle(1);
  expect(await told(type)).toEqual(names(admin, secondAdmin));
  await settle(2);
  expect(await told(type)).toHaveLength(4);
});

it.each(["due", "published", "cancelled", "held"])("a publication that is %s wants nobody", async (state) => {
  const post = await duePost(world.channels.facebook);
  await db.publication.update({ where: { id: post.id }, data: { state, runAt: new Date("9999-12-31") } });
  await tellOfPublication(post.id);
  expect(await db.notice.count()).toBe(0);
});

describe("a person's notices", () => {
  it("are told once, and never to who did it", async () => {
    const { verifier, head, admin } = world.people;
    expect(await tell([verifier, head, verifier, admin], "sama", admin)).toBe(2);
    expect(await tell([verifier, admin], "sama", head)).toBe(1);
    await db.person.update({ where: { id: head.personId }, data: { disabledAt: now() } });
    expect(await tell([head], "lain")).toBe(0);
    await db.person.update({ where: { id: head.personId }, data: { disabledAt: null } });
  });

  it("come newest first, page by page, and are counted up to a hundred", async () => {
    const { verifier } = world.people;
    for (let i = 0; i < 35; i += 1) await tell([verifier], `kabar ${i}`);
    const first = await noticesOf(verifier, null);
    expect([first.rows.length, first.more, first.rows[0]?.params]).toMatchObject([30, true, { title: "kabar 34" }]);
    const second = await noticesOf(verifier, first.rows.at(-1)!.id);
    expect([second.rows.length, second.more]).toEqual([5, false]);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(35);
    expect(await countUnread(verifier)).toBe(35);
  });

  it("are his alone: no other sees, opens or marks them", async () => {
    const { verifier, head, farVerifier } = world.people;
    await tell([verifier, head], "rahasia");
    const mine = (await noticesOf(verifier, null)).rows[0]!;
    for (const other of [head, farVerifier]) {
      expect(await refusalOf(readNotice(other, { noticeId: mine.id }))).toBe("not-found");
      await readAllNotices(other, { noticeId: "ffffffff-ffff-7fff-bfff-ffffffffffff" });
      expect((await noticesOf(other, null)).rows.map(({ id }) => id)).not.toContain(mine.id);
    }
    expect(await countUnread(verifier)).toBe(1);
    expect(await countUnread(head)).toBe(0);
    expect(await readNotice(verifier, { noticeId: mine.id })).toEqual({ ok: true, link: "/review" });
    expect(await countUnread(verifier)).toBe(0);
  });

  it("that came while he read are not marked with the others", async () => {
    const { verifier } = world.people;
    await tell([verifier], "satu");
    const [shown] = (await noticesOf(verifier, null)).rows;
    await new Promise((resolve) => setTimeout(resolve, 5)); // ids of one millisecond have no order
    await tell([verifier], "dua");
    await readAllNotices(verifier, { noticeId: shown!.id });
    expect((await noticesOf(verifier, null)).rows.map(({ readAt }) => readAt !== null)).toEqual([false, true]);
  });

  it("are forgotten after their time", async () => {
    const { verifier } = world.people;
    await tell([verifier], "lama");
    await world.passTime(1000);
    const border = now();
    await tell([verifier], "baru");
    await forgetNotices(border);
    expect((await noticesOf(verifier, null)).rows.map(({ params }) => (params as { title: string }).title)).toEqual(["baru"]);
  });

  it("lead nowhere outside of the product", async () => {
    const { verifier } = world.people;
    const to = { to: [verifier.personId], by: null, subject: about(crypto.randomUUID()), unitId: null, params: { title: "x", unit: "y" } };
    for (const link of ["//jahat.example", "https://jahat.example", ""])
      await expect(db.$transaction((tx) => notify(tx, { ...to, type: "crisis.opened", link, key: link }))).rejects.toThrow();
  });

  it("tell his open pages, and nobody else's", async () => {
    const { verifier, head } = world.people;
    const hear = async (actor: Actor) => {
      session.actor = actor;
      const leave = new AbortController();
      const answer = await live(new Request("http://garda/api/live", { signal: leave.signal }), { params: Promise.resolve({}) });
      let heard = "";
      void (async () => {
        for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) heard += new TextDecoder().decode(part);
      })().catch(() => {});
      return { heard: () => heard, leave: () => leave.abort() };
    };
    const [his, hers] = [await hear(verifier), await hear(head)];
    /** What both have heard once this mark, which is for everybody, has come. */
    const marked = (mark: string) =>
      eventually(async () => {
        await signal(db, { topic: "score", id: mark });
        for (const one of [his, hers]) expect(one.heard()).toContain(mark);
        return [his.heard(), hers.heard()].map((heard) => heard.includes("event: notice"));
      });
    expect(await marked("mulai")).toEqual([false, false]);
    await tell([verifier], "hanya untuk verifikator");
    expect(await marked("selesai")).toEqual([true, false]);
    expect(his.heard()).not.toContain(verifier.personId);
    his.leave();
    hers.leave();
  });
});

it("preferences are kept for the person alone, and habits hold where nothing was chosen", async () => {
  const { verifier, head } = world.people;
  expect(await preferencesOf(verifier)).toMatchObject({ habits: usualHabits, hours: usualHours, mailed: false, zone: "Asia/Jakarta" });
  const chosen = { habits: { ...usualHabits, inbox: "off" as const }, quiet: null, digestAt: "15:45", locale: "en" as const };
  expect(await savePreferences(verifier, chosen)).toEqual({ ok: true });
  expect(await savePreferences(verifier, { ...chosen, digestAt: "15:50" })).toEqual({ ok: true });
  expect(await preferencesOf(verifier)).toMatchObject({ habits: chosen.habits, hours: { quiet: null, digestAt: "15:50" }, locale: "en" });
  expect(await preferencesOf(head)).toMatchObject({ habits: usualHabits, hours: usualHours, locale: "id" });
});

it("who holds a role over a unit is the same for the database as for each person's own authority", async () => {
  const units = Object.values(world.units);
  const found = await holdersOf(
    db,
    units.map(({ id }) => id),
    roles,
  );
  const expected = units.flatMap((unit) =>
    Object.values(world.people).flatMap((actor) =>
      rolesOver(actor, { unitId: unit.id, governmentId: unit.governmentId }).map((role) => `${unit.id} ${actor.personId} ${role}`),
    ),
  );
  expect(found.map(({ unitId, personId, role }) => `${unitId} ${personId} ${role}`).sort()).toEqual(expected.sort());
});
