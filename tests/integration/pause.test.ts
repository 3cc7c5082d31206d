/** "Jeda seluruh jadwal": while it lasts nothing of the unit and all below it goes out, and nothing by itself when it ends. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { saveGates } from "#lib/approvals/settings.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { claimDue } from "#lib/delivery/claims.ts";
import { answerContent } from "#lib/delivery/content.ts";
import { heldBy, openPauses } from "#lib/delivery/pauses.ts";
import { beginPause } from "#lib/delivery/pausing.ts";
import { planPublications } from "#lib/delivery/planning.ts";
import { deliver } from "#lib/delivery/publishing.ts";
import { sendAgain } from "#lib/delivery/settling.ts";
import { publishEmergency } from "#lib/posts/emergency.ts";
import { endPause } from "#lib/posts/resuming.ts";
import { cancelPost, schedulePost, unschedulePost } from "#lib/posts/scheduling.ts";
import { localDay } from "#lib/units/calendar.ts";
import { approvedPost, draft, publicationsOf, runDue, startEngines } from "../support/desk.ts";
import { duePost, frozen } from "../support/publications.ts";
import { eventually, makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await db.schedulePause.updateMany({ where: { endedAt: null }, data: { endedAt: now() } });
  await db.publication.updateMany({ where: { state: { in: ["due", "held"] } }, data: { state: "cancelled" } });
});

const minutes = (n: number) => new Date(now().getTime() + n * 60_000);
const reason = "Gempa di Slawi";
async function pause(unit: { id: string }, actor = world.people.supervisor) {
  const answer = await beginPause(actor, { unitId: unit.id, reason });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
}
const end = (pauseId: string, more: Partial<Parameters<typeof endPause>[1]> = {}, actor = world.people.supervisor) =>
  endPause(actor, { pauseId, otherwise: "time", choices: [], ...more });
const stateOf = async (post: { row: () => Promise<{ state: string }> }) => (await post.row()).state;
const sends = async (text: string) =>
  (await world.lab.journal()).filter((e) => e.endpoint === "POST feed" && e.body.message === text).length;

/** Approved and on the schedule, as the desk makes it. */
async function scheduled(publishAt: Date, channels: { id: string; unitId: string }[] = [world.channels.facebook]) {
  const post = await approvedPost(world.people.admin, world.people.verifier, channels, { text: `Rencana ${crypto.randomUUID()}` });
  await schedulePost(world.people.admin, { ...post, publishAt: publishAt.toISOString() });
  const states = async () => (await publicationsOf(post.postId)).map(({ state }) => state);
  return { ...post, states, post: () => db.post.findUniqueOrThrow({ where: { id: post.postId } }) };
}

describe("while it lasts", () => {
  it("running workers send nothing of the whole government, of the past or planned meanwhile, save answers to citizens", async () => {
    const stop = startEngines("mesin-1", "mesin-2");
    const planned = await Promise.all(Array.from({ length: 20 }, () => duePost(world.channels.facebook, {}, minutes(5))));
    const { held } = await pause(world.units.regency);
    expect(held).toBe(20);
    const meanwhile = await duePost(world.channels.facebook);
    const far = await duePost(world.channels.far);
    const replyId = crypto.randomUUID();
    const { id: channelId, unitId, governmentId } = world.channels.instagram;
    const content = answerContent("Baik, kami periksa.", { remoteId: "1", postRemoteId: null, ref: null });
    await db.$transaction((tx) =>
      planPublications(tx, { type: "reply", id: replyId }, [{ channelId, unitId, governmentId, content }], now()),
    );
    await world.passTime(6 * 60_000);
    await eventually(async () => {
      expect(await stateOf(far)).toBe("published");
      expect((await publicationsOf(replyId))[0]?.state).not.toBe("due");
    });
    await stop();
    expect(await Promise.all([...planned, meanwhile].map(stateOf))).toEqual(Array(21).fill("held"));
    expect(await sends(meanwhile.text)).toBe(0);
  });

  it("what is being sent when it begins is sent, and once; what fails then and would be tried again waits", async () => {
    const [sent, broken] = [
      await duePost(world.channels.facebook, { firstComment: "Sumber: BMKG" }),
      await duePost(world.channels.facebook),
    ];
    const claims = await claimDue("uji", 10);
    await pause(world.units.dinkes);
    expect(await Promise.all([sent, broken].map(stateOf))).toEqual(["publishing", "publishing"]);
    await deliver(claims.find(({ id }) => id === sent.id)!);
    await world.lab.fault({ endpoint: "POST feed", fault: "429" });
    await deliver(claims.find(({ id }) => id === broken.id)!);
    expect([await stateOf(sent), await stateOf(broken)]).toEqual(["published", "held"]);
    expect((await sent.firstComments()).map(({ state }) => state)).toEqual(["held"]);
    await world.passTime(3_600_000);
    expect(await runDue()).toBe(0);
    expect(await sends(sent.text)).toBe(1);
  });

  it("a person who sends a failed one again, or moves a post, finds it waiting too; it can be taken off", async () => {
    const failed = await duePost(world.channels.facebook);
    await db.publication.update({ where: { id: failed.id }, data: { state: "failed" } });
    const post = await scheduled(minutes(60));
    await pause(world.units.dinkes);
    await sendAgain(world.people.admin, { publicationId: failed.id });
    expect(await stateOf(failed)).toBe("held");
    await schedulePost(world.people.admin, { postId: post.postId, revision: post.revision, publishAt: minutes(90).toISOString() });
    expect(await post.states()).toEqual(["cancelled", "held"]);
    await unschedulePost(world.people.admin, { postId: post.postId, revision: post.revision });
    expect(await post.states()).toEqual(["cancelled", "cancelled"]);
  });

  it("a warning goes out at once by the emergency path, and on its way is not held by a pause that begins", async () => {
    const { admin } = world.people;
    await pause(world.units.regency);
    const warning = await draft(admin, [world.channels.facebook], { text: `Banjir ${crypto.randomUUID()}` });
    expect(await publishEmergency(admin, { ...warning, reason: "Tanggul di Slawi jebol" })).toEqual({ ok: true });
    const states = async () => (await publicationsOf(warning.postId)).map(({ state }) => state);
    expect(await states()).toEqual(["due"]);
    await pause(world.units.dinkes);
    expect(await states()).toEqual(["due"]);
    await runDue();
    expect(await states()).toEqual(["published"]);
  });

  it("a post that is called off while somebody else moves it is not published by the move", async () => {
    const { admin } = world.people;
    const post = await scheduled(minutes(60));
    const move = db.$transaction(async (tx) => {
      const [row] = await publicationsOf(post.postId);
      await tx.publication.update({ where: { id: row!.id }, data: { state: "cancelled" } });
      await tx.publication.create({
        data: {
          ...row!,
          id: crypto.randomUUID(),
          content: row!.content!,
          checkpoint: row!.checkpoint!,
          ref: undefined,
          problem: undefined,
        },
      });
      const cancel = refusalOf(cancelPost(admin, post));
      await sleep(300);
      return { cancel };
    });
    expect(await (await move).cancel).toBe("stale");
    expect(await post.states()).toEqual(expect.arrayContaining(["cancelled", "due"]));
    expect(await post.post()).toMatchObject({ state: "scheduled" });
  });

  it("no row slips between a pause and those who plan at the same time", async () => {
    const [, ...posts] = await Promise.all([
      pause(world.units.regency),
      ...Array.from({ length: 12 }, () => duePost(world.channels.facebook, {}, minutes(5))),
    ]);
    expect(await Promise.all(posts.map(stateOf))).toEqual(Array(12).fill("held"));
  });

  it("everybody of the subtree reads by whom, since when and why; nobody beyond", async () => {
    await duePost(world.channels.facebook, {}, minutes(5));
    await pause(world.units.regency);
    const seen = await openPauses(world.people.admin, world.units.dinkes);
    expect(seen).toMatchObject([{ unit: "Kabupaten Tegal", reason, by: "Agus Salim", held: 1, mayEnd: false }]);
    expect(await openPauses(world.people.supervisor, world.units.regency)).toMatchObject([{ mayEnd: true }]);
    expect(await openPauses(world.people.farAdmin, world.units.farDinkes)).toEqual([]);
  });
});

describe("who may", () => {
  it("only those who watch over the unit; a pause ends at the border of its government; twice is said", async () => {
    const { admin, supervisor, farVerifier } = world.people;
    expect(await refusalOf(beginPause(admin, { unitId: world.units.dinkes.id, reason }))).toBe("not-found");
    expect(await refusalOf(beginPause(supervisor, { unitId: world.units.far.id, reason }))).toBe("not-found");
    expect(await refusalOf(beginPause(supervisor, { unitId: world.units.province.id, reason }))).toBe("not-found");
    const { pauseId } = await pause(world.units.dinkes);
    expect(await beginPause(supervisor, { unitId: world.units.dinkes.id, reason })).toMatchObject({
      ok: false,
      problems: [{ code: "already-paused" }],
    });
    expect(await refusalOf(end(pauseId, {}, farVerifier))).toBe("not-found");
    expect(await refusalOf(heldBy(farVerifier, pauseId))).toBe("not-found");

    const post = await duePost(world.channels.facebook, {}, minutes(5));
    await end(pauseId);
    const provinceHead = {
      ...supervisor,
      authorities: [
        {
          role: "head" as const,
          reach: "subtree" as const,
          unitId: world.units.province.id,
          governmentId: world.units.province.governmentId,
        },
      ],
    };
    await pause(world.units.province, provinceHead);
    expect(await stateOf(post)).toBe("due");
    expect(await openPauses(world.people.admin, world.units.dinkes)).toEqual([]);
  });

  it("of two who end it in the same second one does", async () => {
    const { pauseId } = await pause(world.units.dinkes);
    expect((await Promise.all([refusalOf(end(pauseId)), refusalOf(end(pauseId))])).sort()).toEqual(["done", "stale"]);
  });
});

describe("when it ends", () => {
  it("each post goes as it was chosen: at its time, now, at a new one, back; a time that has passed lets nothing out", async () => {
    const [ahead, passed, sentNow, moved, returned] = [
      await scheduled(minutes(120)),
      await scheduled(minutes(10)),
      await scheduled(minutes(10)),
      await scheduled(minutes(10)),
      await scheduled(minutes(120)),
    ];
    const { pauseId } = await pause(world.units.dinkes);
    await world.passTime(30 * 60_000);
    expect((await heldBy(world.people.supervisor, pauseId)).count).toBe(5);
    const newTime = minutes(240);
    const choice = (post: { postId: string }, how: "now" | "new" | "back") => ({
      postId: post.postId,
      how,
      publishAt: how === "new" ? newTime.toISOString() : null,
    });
    const wrong = await end(pauseId, { choices: [{ ...choice(moved, "new"), publishAt: minutes(-5).toISOString() }] });
    expect(wrong).toMatchObject({ ok: false, problems: [{ field: `choice.${moved.postId}`, code: "time-past" }] });
    expect(await ahead.states()).toEqual(["held"]);

    const answer = await end(pauseId, { choices: [choice(sentNow, "now"), choice(moved, "new"), choice(returned, "back")] });
    expect(answer).toEqual({ ok: true, released: 3, back: 2, gated: 0, asked: 0 });
    expect(await runDue()).toBe(1);
    const all = await Promise.all(
      [ahead, passed, sentNow, moved, returned].map(async (p) => [(await p.post()).state, ...(await p.states())]),
    );
    expect(all).toEqual([
      ["scheduled", "due"],
      ["approved", "cancelled"],
      ["scheduled", "published"],
      ["scheduled", "due"],
      ["approved", "cancelled"],
    ]);
    expect((await moved.post()).publishAt).toEqual(newTime);
    await schedulePost(world.people.admin, { postId: passed.postId, revision: passed.revision, publishAt: null });
    expect(await runDue()).toBe(1);
  });

  it("a gate that was closed meanwhile keeps a post back; a person opens it by name or changes the post", async () => {
    const [banned, free] = [await scheduled(minutes(60)), await scheduled(minutes(60))];
    const { text } = await banned.post();
    const { pauseId } = await pause(world.units.dinkes);
    const gates = {
      electionMode: false,
      candidateNames: [],
      governmentId: world.units.regency.id,
      validFrom: localDay(now(), "Asia/Jakarta"),
    };
    expect(await saveGates(world.people.supervisor, { ...gates, bannedTerms: [text] })).toEqual({ ok: true });
    expect(await end(pauseId)).toEqual({ ok: true, released: 1, back: 1, gated: 1, asked: 0 });
    expect([await banned.states(), await free.states()]).toEqual([["cancelled"], ["due"]]);
    expect((await banned.post()).state).toBe("approved");
    await db.settingsVersion.deleteMany();
  });

  it("a post that stands in part is left to a person, who can send the rest", async () => {
    const { id: _, ...place } = await db.channel.findUniqueOrThrow({ where: { id: world.channels.instagram.id } });
    const byHand = await db.channel.create({ data: { ...place, lastProblem: undefined, platform: "threads", remoteId: "dinkes.threads" } });
    const post = await scheduled(minutes(10), [world.channels.facebook, byHand]);
    const [first] = await publicationsOf(post.postId);
    await db.publication.update({ where: { id: first!.id }, data: { state: "published", remoteId: "x", publishedAt: now() } });
    const { pauseId } = await pause(world.units.dinkes);
    await world.passTime(20 * 60_000);
    expect(await end(pauseId)).toEqual({ ok: true, released: 0, back: 0, gated: 0, asked: 1 });
    const rest = (await publicationsOf(post.postId)).find(({ state }) => state !== "published");
    expect(rest).toMatchObject({ state: "failed", problem: { code: "paused" } });
    expect(await sendAgain(world.people.admin, { publicationId: rest!.id })).toEqual({ ok: true });
  });

  it("within another pause: what that one covers stays held until it ends too", async () => {
    const post = await duePost(world.channels.facebook, {}, minutes(60));
    const inner = await pause(world.units.dinkes);
    const outer = await pause(world.units.regency, world.people.head);
    expect([inner.held, outer.held]).toEqual([1, 0]);
    expect(await end(inner.pauseId, { otherwise: "now" })).toMatchObject({ ok: true, released: 0, back: 0 });
    expect(await stateOf(post)).toBe("held");
    expect(await end(outer.pauseId)).toMatchObject({ ok: true, released: 1 });
    expect(await post.row()).toMatchObject({ state: "due" });
  });

  it("a row that was still on its way is never released twice, and a claim never takes a held one", async () => {
    const text = frozen().text;
    const post = await duePost(world.channels.facebook, { text });
    await pause(world.units.dinkes);
    expect(await claimDue("uji", 50)).toEqual([]);
    expect(await stateOf(post)).toBe("held");
  });
});
