import { firstResponse } from "#lib/inbox/deadlines/deadlines.ts";
import type { TakenPost } from "#lib/posts/intake.ts";
import { addDays, addWorkingMinutes, workingMinutesBetween } from "#lib/units/calendar.ts";
import type { Counters, DemoChannel } from "./channels.ts";
import { answerTo, type Comment, commentsFor, kindOf, thanks } from "./comments.ts";
import { type Course, habitIn } from "./courses.ts";
import { calendar, DAY, MINUTE, moment, weekOf, wholeSeconds } from "./days.ts";
import { citizenName } from "./names.ts";
import { dealer, type Random, random } from "./random.ts";

export type Said = { number: string; text: string; masked: string[]; sentAt: Date; own: boolean; authorName: string };
/** A comment and what followed. `due` is the duty that it opened; `closedAt`: put aside without an answer. */
export type Thread = {
  channel: DemoChannel;
  post: TakenPost;
  citizen: { remoteId: string; name: string };
  comment: Comment;
  said: Said[];
  due: { dueAt: Date; lateUntil: Date } | null;
  answeredAt: Date | null;
  closedAt: Date | null;
};

const WEEKS = 30;
const MOST_OPEN = 3;
const STALE_MS = 5 * DAY;

/** The threads under one account's posts over thirty weeks, answered as its habit of the week has it. */
export function threadsOf(channel: DemoChannel, course: Course, posts: readonly TakenPost[], setting: Setting): Thread[] {
  const { now, lastDay, counters } = setting;
  const chance = random(`threads ${channel.unit.code}`);
  const comments = commentsFor(channel.unit);
  const deal = { asked: dealer(0.5), praised: dealer(0.2) };
  const regulars = Array.from({ length: 12 }, () => ({ remoteId: counters.citizen(), name: citizenName(chance) }));
  const threads: Thread[] = [];
  const begin = (comment: Comment, sentAt: Date) => {
    const post = posts.findLast((one) => one.publishedAt.getTime() < sentAt.getTime() - 5 * MINUTE);
    if (!post || sentAt.getTime() > now.getTime() - 10 * MINUTE) return;
    const citizen = chance.chance(0.3) ? chance.pick(regulars) : { remoteId: counters.citizen(), name: citizenName(chance) };
    const said: Said = {
      number: counters.comment(),
      text: comment.masked,
      masked: comment.found,
      sentAt,
      own: false,
      authorName: citizen.name,
    };
    const due = comment.judged.needsReply ? firstResponse(kindOf(comment.judged), sentAt, calendar) : null;
    threads.push({ channel, post, citizen, comment, said: [said], due, answeredAt: null, closedAt: null });
  };
  for (let week = WEEKS - 1; week >= -1; week--) {
    const habit = habitIn(course, week);
    const days = week < 0 ? 1 : 7;
    const any = () => moment(addDays(lastDay, -7 * week - 6 + chance.whole(0, days - 1)), chance.between(415, 1290));
    for (let i = deal.asked((habit.asked * days) / 7); i > 0; i--) begin(comments.asked(), any());
    for (let i = deal.praised((habit.praised * days) / 7); i > 0; i--) begin(comments.praised(), any());
  }
  settle(threads, channel, course, setting, chance);
  return threads;
}

export type Setting = { now: Date; lastDay: string; counters: Counters; mostOpen?: number };

/** Answers in the order in which answers are due, so that any four weeks of the score hold the same mix. */
function settle(
  threads: Thread[],
  channel: DemoChannel,
  course: Course,
  { now, lastDay, counters, mostOpen = MOST_OPEN }: Setting,
  chance: Random,
) {
  const owed = threads.filter((thread) => thread.due).sort((a, b) => a.due!.dueAt.getTime() - b.due!.dueAt.getTime());
  let turn = { index: 0, answers: "" };
  for (const thread of owed) {
    const { answers } = habitIn(course, weekOf(thread.due!.dueAt, lastDay));
    if (turn.answers !== answers) turn = { index: 0, answers };
    const how = answers[turn.index++ % answers.length];
    if (how !== "M") answer(thread, answerTime(thread, how === "L", chance), channel, { now, counters }, chance);
  }
  let open = 0;
  for (const thread of owed.filter((one) => !one.answeredAt).reverse()) {
    const sentAt = thread.said[0]!.sentAt.getTime();
    if (sentAt > now.getTime() - STALE_MS && open < mostOpen) open++;
    else thread.closedAt = wholeSeconds(new Date(Math.min(now.getTime() - MINUTE, sentAt + chance.between(1, 8) * DAY)));
  }
}

function answer(thread: Thread, at: Date, { unit }: DemoChannel, { now, counters }: Pick<Setting, "now" | "counters">, chance: Random) {
  if (at >= now) return;
  const { name } = thread.citizen;
  const say = (text: string, own: boolean, sentAt: Date) =>
    thread.said.push({ number: counters.comment(), text, masked: [], sentAt, own, authorName: own ? unit.name : name });
  thread.answeredAt = at;
  say(answerTo(thread.comment, unit, name, at, chance), true, at);
  const later = wholeSeconds(new Date(at.getTime() + chance.between(8, 300) * MINUTE));
  if (chance.chance(0.15) && later < now) say(chance.pick(thanks), false, later);
}

/** Within the first nine tenths of the time given, or, when late, within the second half of what still counts. */
function answerTime({ said, due }: Thread, late: boolean, { between }: Random): Date {
  const { sentAt } = said[0]!;
  const { dueAt, lateUntil } = due!;
  const [from, to] = late ? [dueAt, lateUntil] : [sentAt, dueAt];
  const share = late ? between(0.1, 0.8) : between(0.06, 0.85);
  const wall = (dueAt.getTime() - sentAt.getTime()) / MINUTE;
  if (wall <= 120) return wholeSeconds(new Date(from.getTime() + share * (to.getTime() - from.getTime())));
  return wholeSeconds(addWorkingMinutes(from, share * workingMinutesBetween(from, to, calendar), calendar));
}
