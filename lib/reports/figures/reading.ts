import { now } from "../../core/clock.ts";
import { type Level, levels } from "../../scores/rules.ts";
import { addDays, localDay, startOfDay, zoneOf } from "../../units/calendar.ts";
import { type Period, periodBefore } from "../period.ts";
import { type AnsweredRow, answered } from "./answers.ts";
import { coachingOf } from "./coaching.ts";
import { type PostedRow, pillarsOf, posted, postedBefore } from "./posts.ts";
import { type StandingRow, standings, trendOf } from "./standings.ts";
import { topicsOf } from "./topics.ts";
import type { Activity, ClassFigure, Move, Paired, PlatformFigure, RegionFigure, ReportFigures, Subject, UnitFigure } from "./types.ts";

/** The period as instants: from the first included to the last excluded, and as far as it has passed. */
export type Window = { from: Date; to: Date; beforeFrom: Date; beforeTo: Date; lastDay: string; beforeDay: string; zone: string };

function windowOf(subject: Subject, period: Period, before: Period, at: Date): Window {
  const zone = zoneOf(subject.zone);
  const yesterday = addDays(localDay(at, zone), -1);
  const lastDay = yesterday < period.to ? yesterday : period.to;
  const start = (day: string) => startOfDay(day, zone);
  return {
    from: start(period.from),
    to: start(addDays(lastDay, 1)),
    beforeFrom: start(before.from),
    beforeTo: start(period.from),
    lastDay,
    beforeDay: before.to,
    zone,
  };
}

/**
 * Everything that a report on `subject` says of a period: read once, in few statements over all its units, and printed
 * everywhere from here. `issuer`: the government that reports; another government's inbox is not told of to it.
 */
export async function reportFigures(subject: Subject, period: Period, issuer: string): Promise<ReportFigures> {
  const at = now();
  const before = periodBefore(period);
  const window = windowOf(subject, period, before, at);
  const tellsInside = subject.kind !== "ministry" && subject.governmentId === issuer;
  const [standing, trend, posts, pillars, answers, topics, coaching] = await Promise.all([
    standings(subject, window),
    trendOf(subject, window.lastDay),
    posted(subject, window),
    pillarsOf(subject, window),
    answered(subject, window),
    tellsInside ? topicsOf(subject, window) : null,
    tellsInside ? coachingOf(subject, window) : null,
  ]);
  const whole = answers.find(({ key }) => key === null);
  const knownBefore = postedBefore(posts);
  const single = subject.kind === "unit" && standing.length === 1 ? standing[0]! : null;
  const known = posts.length > 0;
  const told = (key: "due" | "onTime" | "late" | "unanswered"): Paired =>
    known ? { now: whole?.[key] ?? 0, before: knownBefore ? (whole?.[`${key}Before`] ?? 0) : null } : none;
  const [due, onTime] = [told("due"), told("onTime")];
  const [ranked, districts] = apart(subject, standing);
  return {
    subject,
    period,
    before,
    lastDay: window.lastDay,
    at: at.toISOString(),
    activity: activities(ranked),
    districts: districts.length ? activities(districts) : null,
    score: single && { now: single.score, before: single.scoreBefore, level: single.level, levelBefore: single.levelBefore },
    classes: subject.kind === "ministry" ? [] : classesOf(standing),
    moves: subject.kind === "ministry" ? { up: [], down: [] } : movesOf(standing),
    trend: trend.map((week) =>
      single ? { day: week.day, value: week.score ?? 0, of: null } : { day: week.day, value: week.active, of: week.scored },
    ),
    posts: known ? { now: sum(posts, "posts"), before: knownBefore ? sum(posts, "postsBefore") : null } : none,
    interactions: { now: sum(posts, "interactions"), before: sum(posts, "interactionsBefore") },
    platforms: platformsOf(posts),
    pillars,
    due,
    onTime,
    late: told("late"),
    unanswered: told("unanswered"),
    onTimeShare: { now: share(onTime.now, due.now), before: share(onTime.before, due.before) },
    medianHours: { now: whole?.medianHours ?? null, before: whole?.medianHoursBefore ?? null },
    topics,
    coaching,
    units: subject.kind === "ministry" ? [] : unitsOf(standing, posts, answers),
    regions: subject.kind === "ministry" ? regionsOf(standing, posts) : null,
  };
}

const none: Paired = { now: null, before: null };
const share = (part: number | null, of: number | null) => (part === null || !of ? null : part / of);
const isActive = (level: Level | null) => level === "active" || level === "very_active";

/** Null as long as no row knows the value. */
function sum(rows: readonly PostedRow[], key: "posts" | "postsBefore" | "interactions" | "interactionsBefore"): number | null {
  const known = rows.map((row) => row[key]).filter((value) => value !== null);
  return known.length ? known.reduce((total, value) => total + value, 0) : null;
}

const activityOf = (rows: readonly StandingRow[], levelOf: (row: StandingRow) => Level | null): Activity => ({
  active: rows.filter((row) => isActive(levelOf(row))).length,
  scored: rows.filter((row) => levelOf(row) !== null).length,
  units: rows.length,
});

/** The agencies, and apart from them the districts of a region. */
const apart = ({ kind }: Subject, rows: readonly StandingRow[]): [StandingRow[], StandingRow[]] =>
  kind === "unit" ? [[...rows], []] : [rows.filter(({ group }) => group !== "district"), rows.filter(({ group }) => group === "district")];

const activities = (rows: readonly StandingRow[]) => ({ now: activityOf(rows, ({ level }) => level), before: activityBefore(rows) });

function activityBefore(rows: readonly StandingRow[]): Activity | null {
  const found = activityOf(rows, ({ levelBefore }) => levelBefore);
  return found.scored ? found : null;
}

const noLevels = () => Object.fromEntries(levels.map((level) => [level, 0])) as Record<Level, number>;
const tenth = (value: number) => Math.round(value * 10) / 10;

function classesOf(rows: readonly StandingRow[]): ClassFigure[] {
  return (["A", "B", "C", "district"] as const).flatMap((group) => {
    const of = rows.filter((row) => row.group === group);
    if (!of.length) return [];
    const counts = noLevels();
    for (const { level } of of) if (level) counts[level] += 1;
    const scores = of.map(({ score }) => score).filter((score) => score !== null);
    const average = scores.length ? tenth(scores.reduce((total, score) => total + score, 0) / scores.length) : null;
    return [{ group, units: of.length, levels: counts, without: of.length - scores.length, average }];
  });
}

function movesOf(rows: readonly StandingRow[]): { up: Move[]; down: Move[] } {
  const moved = rows.flatMap(({ name, level, levelBefore, score }) =>
    level && levelBefore && score !== null && level !== levelBefore ? [{ unit: name, from: levelBefore, to: level, score }] : [],
  );
  const height = ({ from, to }: Move) => levels.indexOf(to) - levels.indexOf(from);
  const by = (sign: number) =>
    moved.filter((move) => sign * height(move) > 0).sort((a, b) => sign * (height(b) - height(a)) || a.unit.localeCompare(b.unit));
  return { up: by(1), down: by(-1) };
}

function platformsOf(rows: readonly PostedRow[]): PlatformFigure[] {
  return [...Map.groupBy(rows, ({ platform }) => platform)]
    .map(([platform, of]) => ({
      platform,
      accounts: of.reduce((total, { accounts }) => total + accounts, 0),
      posts: { now: sum(of, "posts"), before: sum(of, "postsBefore") },
      interactions: sum(of, "interactions"),
    }))
    .sort((a, b) => (b.posts.now ?? -1) - (a.posts.now ?? -1) || a.platform.localeCompare(b.platform));
}

function unitsOf(rows: readonly StandingRow[], posts: readonly PostedRow[], answers: readonly AnsweredRow[]): UnitFigure[] {
  const made = Map.groupBy(posts, ({ key }) => key);
  const told = new Map(answers.map((row) => [row.key, row]));
  const place = (row: StandingRow) =>
    row.score === null || !row.ranked
      ? null
      : rows.filter((other) => other.ranked && other.group === row.group && (other.score ?? -1) > row.score!).length + 1;
  return rows
    .map((row) => {
      const own = made.get(row.key);
      const reply = told.get(row.key);
      return {
        name: row.name,
        group: row.group,
        place: place(row),
        level: row.level,
        score: row.score,
        scoreBefore: row.scoreBefore,
        posts: own ? sum(own, "posts") : null,
        due: own ? (reply?.due ?? 0) : null,
        onTime: own ? (reply?.onTime ?? 0) : null,
      };
    })
    .sort((a, b) => a.group.localeCompare(b.group) || (b.score ?? -1) - (a.score ?? -1) || a.name.localeCompare(b.name));
}

function regionsOf(rows: readonly StandingRow[], posts: readonly PostedRow[]): RegionFigure[] {
  const made = Map.groupBy(posts, ({ key }) => key);
  return [...Map.groupBy(rows, ({ governmentId }) => governmentId)]
    .map(([id, of]) => ({
      name: of[0]!.governmentName,
      units: of.length,
      active: activityOf(of, ({ level }) => level).active,
      activeBefore: activityBefore(of)?.active ?? null,
      posts: made.has(id) ? sum(made.get(id)!, "posts") : null,
    }))
    .sort((a, b) => b.active / b.units - a.active / a.units || a.name.localeCompare(b.name));
}
