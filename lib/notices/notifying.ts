import { now } from "../core/clock.ts";
import type { Prisma, Tx } from "../core/db.ts";
import { env } from "../core/env.ts";
import { signalPeople } from "../core/live.ts";
import { cut, storable } from "../core/text.ts";
import { readersOf } from "./readers.ts";
import { type MailPlan, planMail } from "./rules.ts";
import { type NoticeParams, type NoticeType, noticeTypes } from "./types.ts";

type Told = {
  to: readonly string[];
  /** Who did it: he is not told of it himself. Null: the product. */
  by: string | null;
  subject: { type: string; id: string };
  unitId: string | null;
  /** Where it is attended to: a path of the product. */
  link: string;
  /** The same news of the same type has the same key: it is told to each person once. */
  key: string;
};
export type News = { [T in NoticeType]: Told & { type: T; params: NoticeParams<T> } }[NoticeType];

/** Characters of `text`, and of every other parameter. */
const LONGEST = { text: 3000, word: 200 };

/**
 * Tells people what waits for them, in the caller's transaction, however many the news and the people: one row for each person
 * who had not heard it yet, and a signal to his open pages. Disabled people hear nothing. Returns how many were told.
 */
export async function notify(tx: Tx, news: News | readonly News[]): Promise<number> {
  const all = "type" in news ? [news] : news;
  const readers = await readersOf(tx, [...new Set(all.flatMap(({ to }) => to))]);
  const rows = all.flatMap((one) => {
    const { category, urgent } = noticeTypes[one.type];
    return [...new Set(one.to)].flatMap((personId) => {
      const reader = readers.get(personId);
      if (!reader || personId === one.by) return [];
      const plan = planMail({ habit: reader.habits[category], urgent, hours: reader.hours, zone: reader.zone }, now());
      return [{ personId, urgent, ...rowOf(one), ...mailOf(plan) }];
    });
  });
  if (!rows.length) return 0;
  // In one order always: who tells the same people at the same time waits for the other instead of blocking him.
  rows.sort((a, b) => (a.personId + a.key < b.personId + b.key ? -1 : 1));
  const told = await tx.notice.createManyAndReturn({ data: rows, skipDuplicates: true, select: { personId: true } });
  await signalPeople(tx, [...new Set(told.map(({ personId }) => personId))]);
  return told.length;
}

const rowOf = ({ type, subject, unitId, params, link, key }: News) => ({
  type,
  subjectType: subject.type,
  subjectId: subject.id,
  unitId,
  params: Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === "string" ? cut(storable(value), name === "text" ? LONGEST.text : LONGEST.word) : value,
    ]),
  ) satisfies Prisma.InputJsonValue,
  link,
  key: `${type} ${key}`,
  createdAt: now(),
});

/** Where no mail server is named, notices stay in the product. */
function mailOf(plan: MailPlan) {
  if (plan.state === "none" || !env().SMTP_URL) return { mailState: "none" };
  return { mailState: "waiting", mailGathered: plan.gathered, mailAfter: plan.after };
}
