import type { Actor } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import type { Answer } from "../../core/errors.ts";
import { cut } from "../../core/text.ts";
import { calendarOfUnit } from "../../units/hours-settings.ts";
import { clockOf, type FirstResponse, firstResponse } from "../deadlines/deadlines.ts";
import { writeDeadlines } from "../deadlines/rows.ts";
import { targetsOf } from "../deadlines/settings.ts";
import { tellAlarming } from "../intake/alarming.ts";
import { lockThreads, responseKind, settle, type Thread } from "../intake/duties.ts";
import type { Kind } from "../kinds.ts";
import { type FoundCase, findCase } from "../replies/answering.ts";
import { excerptLength } from "../rules.ts";
import type { MarkInput } from "../schema.ts";
import { change } from "./working.ts";

/**
 * Corrects the kind. No correction takes a duty to answer away or gives it more time: where the kind is owed an answer and the
 * citizen's last words have none, the duty begins; where it is owed one sooner, the duty that is open has that much time from now.
 */
export const correctKind = (actor: Actor, { caseId, kind }: { caseId: string; kind: Kind }): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    const [thread] = await lockThreads(tx, [caseId]);
    await change(tx, actor, found, "case.kind-corrected", { kind, kindBy: "person", confidence: 100, unsure: false }, { kind });
    await press(tx, found, { ...thread!, kind });
    if (kind === "hoax" && found.kind !== "hoax") await alarm(tx, actor, found);
    return { ok: true };
  });

/**
 * Says of a case what the sorting missed or saw in vain: that it is urgent, or sensitive. What becomes urgent is to be answered
 * in a crisis' time from now, and those who must know are told; what is not urgent has the time of its kind again, unless it is
 * over already.
 */
export const markCase = (actor: Actor, { caseId, mark, on }: MarkInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    const [thread] = await lockThreads(tx, [caseId]);
    if (found[mark] === on) return { ok: true };
    await change(tx, actor, found, `case.${mark}-corrected`, { [mark]: on }, { [mark]: on });
    if (mark === "sensitive") return { ok: true };
    if (!on) await ease(tx, { ...thread!, urgent: false });
    else {
      await press(tx, found, { ...thread!, urgent: true });
      await alarm(tx, actor, found);
    }
    return { ok: true };
  });

/** Lets a case be owed its answer as what it is now called. */
async function press(tx: Tx, found: FoundCase, thread: Thread) {
  const { kind, urgent } = thread;
  const rules = await rulesOf(tx, found.unitId);
  const fresh = rules.timeFrom(responseKind(thread), now());
  if (!fresh) return;
  const [duty] = await tx.replyDuty.findMany({ where: { caseId: found.id, answeredAt: null }, orderBy: { dueAt: "asc" }, take: 1 });
  const messageId = duty?.messageId ?? (await unansweredMessage(tx, found.id));
  if (!messageId || (duty && duty.dueAt <= fresh.dueAt)) return;
  await tx.message.update({ where: { id: messageId }, data: { kind, urgent, needsReply: true } });
  if (duty) await hold(tx, found, duty, { ...fresh, countedFrom: now() }, rules.clockOf(responseKind(thread)));
  await settle(tx, [{ ...thread, state: "open", doneAt: null }], new Set());
  if (duty) return;
  // What its own time would have been over for by now begins now.
  const [begun] = await tx.replyDuty.findMany({ where: { messageId, answeredAt: null } });
  if (!begun || begun.dueAt > now()) return;
  await hold(tx, found, begun, { ...fresh, countedFrom: now() }, rules.clockOf(responseKind(thread)));
  await settle(tx, await lockThreads(tx, [found.id]), new Set());
}

/** Gives what is owed an answer in a crisis' time the time of its own kind, from when the citizen spoke. What is over stays over. */
async function ease(tx: Tx, thread: Thread) {
  const rules = await rulesOf(tx, thread.unitId);
  const duties = await tx.replyDuty.findMany({ where: { caseId: thread.id, answeredAt: null, dueAt: { gt: now() } } });
  for (const duty of duties) {
    const message = await tx.message.findFirst({ where: { id: duty.messageId, urgent: true }, select: { kind: true } });
    const kind = (message?.kind ?? thread.kind) as Kind;
    const time = message && rules.timeFrom(kind, duty.openedAt);
    if (!time || time.dueAt <= duty.dueAt) continue;
    await tx.message.update({ where: { id: duty.messageId }, data: { urgent: false } });
    await hold(tx, thread, duty, { ...time, countedFrom: null }, rules.clockOf(kind));
  }
  await settle(tx, [thread], new Set());
}

type Place = { id: string; unitId: string; governmentId: string };
type Duty = { id: string; messageId: string; openedAt: Date };
type Time = FirstResponse & { countedFrom: Date | null };

/** Holds a duty to another time, and warns of it accordingly. */
async function hold(tx: Tx, { id: caseId, unitId, governmentId }: Place, duty: Duty, time: Time, clock: "working" | "wall") {
  await tx.replyDuty.update({ where: { id: duty.id }, data: time });
  const subject = { subject: "first_response" as const, subjectId: duty.messageId };
  await tx.caseDeadline.deleteMany({ where: subject });
  const openedAt = time.countedFrom ?? duty.openedAt;
  const calendar = await calendarOfUnit(tx, unitId);
  await writeDeadlines(tx, [{ ...subject, caseId, unitId, governmentId, openedAt, dueAt: time.dueAt, clock, calendar }]);
}

async function rulesOf(tx: Tx, unitId: string) {
  const calendar = await calendarOfUnit(tx, unitId);
  const { first } = (await targetsOf(tx, [unitId], now())).get(unitId)!;
  return {
    timeFrom: (kind: ReturnType<typeof responseKind>, from: Date) => firstResponse(kind, from, calendar, first),
    clockOf: (kind: ReturnType<typeof responseKind>) => clockOf(kind, first),
  };
}

/** Tells of what a person found alarming, by the citizen's last words. */
async function alarm(tx: Tx, actor: Actor, { id: caseId }: FoundCase) {
  const last = await lastMessage(tx, caseId, "in");
  if (last) await tellAlarming(tx, [{ caseId, messageId: last.id, excerpt: cut(last.text, excerptLength), sentAt: now() }], actor.personId);
}

/** The citizen's last message when nothing was answered after it. */
async function unansweredMessage(tx: Tx, caseId: string): Promise<string | null> {
  const last = await lastMessage(tx, caseId);
  return last?.direction === "in" ? last.id : null;
}

const lastMessage = (tx: Tx, caseId: string, direction?: "in" | "out") =>
  tx.message.findFirst({
    where: { caseId, direction },
    orderBy: [{ sentAt: "desc" }, { id: "desc" }],
    select: { id: true, direction: true, text: true },
  });
