import { findLinks } from "#lib/platforms/links.ts";
import type { TakenPost } from "#lib/posts/intake.ts";
import { addDays } from "#lib/units/calendar.ts";
import { type Kind, writerFor } from "./captions.ts";
import type { DemoChannel } from "./channels.ts";
import { type Course, type Habit, habitIn } from "./courses.ts";
import { calendar, moment } from "./days.ts";
import { dealer, type Random, random } from "./random.ts";

const WEEKS = 30;
const weeklyTarget = { A: 5, B: 3, C: 2 };

/** Posts of one account over thirty weeks until `now`, oldest first; `lastDay` is yesterday. */
export function postsOf(channel: DemoChannel, course: Course, now: Date, lastDay: string): TakenPost[] {
  const { unit } = channel;
  const chance = random(`posts ${unit.code}`);
  const write = writerFor(unit, chance);
  const deal = { posts: dealer(0.5), useful: dealer(0.6), contact: dealer(0.3), alt: dealer(0.4) };
  const made: TakenPost[] = [];
  const add = (habit: Habit, publishedAt: Date) => {
    const kind: Kind = deal.useful(habit.substance) ? "useful" : "occasion";
    const text = write(kind, deal.contact(habit.contact) === 1, publishedAt);
    const pictured = chance.chance(0.8);
    made.push({
      ...channel.nextPost(),
      text,
      publishedAt,
      visual: pictured ? "image" : "none",
      hasAlt: pictured ? deal.alt(habit.alt) === 1 : null,
      hasLink: findLinks(text).length > 0,
      repost: false,
      metrics: figures(channel, habit, chance),
    });
  };
  const stop = course.lastPost === undefined ? now : moment(addDays(lastDay, -course.lastPost), 0);
  for (let week = WEEKS - 1; week >= -1; week--) {
    const habit = habitIn(course, week);
    const days = week < 0 ? 1 : 7;
    const count = deal.posts((habit.pace * weeklyTarget[unit.scoreClass] * days) / 7);
    for (const at of spread(count, addDays(lastDay, -7 * week - 6), days, chance))
      if (at < stop && at.getTime() < now.getTime() - 20 * 60_000) add(habit, at);
  }
  if (course.lastPost !== undefined) add(habitIn(course, 29), moment(addDays(lastDay, -course.lastPost), chance.between(480, 900)));
  return made;
}

/** `count` moments on as many days as there are, working days before holidays; at most three on one. */
function spread(count: number, firstDay: string, days: number, { shuffle, between }: Random): Date[] {
  const all = Array.from({ length: days }, (_, i) => addDays(firstDay, i));
  const resting = (day: string) => Number(calendar.holidays.has(day) || [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
  const order = shuffle(all).sort((a, b) => resting(a) - resting(b));
  const chosen = Array.from({ length: Math.min(count, days * 3) }, (_, i) => order[i % days]!);
  return chosen
    .map((day) => moment(day, between(resting(day) ? 540 : 470, resting(day) ? 720 : 980)))
    .sort((a, b) => a.getTime() - b.getTime());
}

const usualRates = [0.045, 0.024, 0.013, 0.008, 0.004];
const bandOf = (followers: number) => [1000, 5000, 20_000, 100_000].filter((bound) => followers >= bound).length;

function figures({ followers }: DemoChannel, { liked }: Habit, { between }: Random): TakenPost["metrics"] {
  const interactions = Math.max(1, Math.round(followers * usualRates[bandOf(followers)]! * liked * between(0.7, 1.35)));
  const comments = Math.round(interactions * between(0.05, 0.12));
  const shares = Math.round(interactions * between(0.04, 0.1));
  return {
    likes: interactions - comments - shares,
    comments,
    shares,
    views: null,
    reach: Math.round(followers * between(0.12, 0.42) + interactions * 6),
  };
}
