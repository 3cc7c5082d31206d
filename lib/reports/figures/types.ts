import type { Outcome } from "../../coaching/rules.ts";
import type { Topic } from "../../inbox/topics/topic-rules.ts";
import type { Platform } from "../../platforms/contract.ts";
import type { Pillar } from "../../posts/rules.ts";
import type { Level } from "../../scores/rules.ts";
import type { UnitClass } from "../../scores/settings.ts";
import type { Period } from "../period.ts";

export const subjectKinds = ["unit", "government", "component", "ministry"] as const;
/** What a report tells of: one unit with those below it, a region, a component of the ministry, or the ministry over the regions. */
export type SubjectKind = (typeof subjectKinds)[number];
export type Subject = {
  id: string;
  code: string;
  name: string;
  shortName: string;
  kind: SubjectKind;
  governmentId: string;
  governmentName: string;
  zone: string;
};

/** In the period and in the one before it; null: not known. */
export type Paired = { now: number | null; before: number | null };
export type Activity = { active: number; scored: number; units: number };
export type LevelCounts = Record<Level, number>;
/** Districts are told of apart from the agencies. */
export type ClassGroup = UnitClass | "district";
export type ClassFigure = { group: ClassGroup; units: number; levels: LevelCounts; without: number; average: number | null };
/** A unit that stands on another level than at the end of the period before. */
export type Move = { unit: string; from: Level; to: Level; score: number };
export type PlatformFigure = { platform: Platform; accounts: number; posts: Paired; interactions: number | null };
export type PillarFigure = { pillar: Pillar | null; posts: number };
export type TopicFigure = { topic: Topic | null; now: number; before: number };
/** Cases of coaching: those that began, those that ran at the end of the period, and how others ended in it. */
export type CoachingFigures = { begun: Paired; running: number; closed: { outcome: Outcome; cases: number }[] };
/** One line of the annex: a unit, or in the ministry's report a region. */
export type UnitFigure = {
  name: string;
  group: ClassGroup;
  place: number | null;
  level: Level | null;
  score: number | null;
  scoreBefore: number | null;
  posts: number | null;
  due: number | null;
  onTime: number | null;
};
export type RegionFigure = { name: string; units: number; active: number; activeBefore: number | null; posts: number | null };

/** Everything a report says, as it was read at one moment. Counts are whole, shares from 0 to 1, scores to one decimal. */
export type ReportFigures = {
  subject: Subject;
  period: Period;
  before: Period;
  /** The last full day that is told of; earlier than the period's end while that still runs. */
  lastDay: string;
  at: string;
  /** Of the agencies; of a single unit with its own below it, of all. */
  activity: { now: Activity; before: Activity | null };
  districts: { now: Activity; before: Activity | null } | null;
  /** Of a report on a single unit: its own score. */
  score: (Paired & { level: Level | null; levelBefore: Level | null }) | null;
  classes: ClassFigure[];
  moves: { up: Move[]; down: Move[] };
  /** Each week's end, as far as scores go back: active units, or the score of a single unit. */
  trend: { day: string; value: number; of: number | null }[];
  posts: Paired;
  interactions: Paired;
  platforms: PlatformFigure[];
  pillars: PillarFigure[];
  /** Messages whose answer was due in the period. */
  due: Paired;
  onTime: Paired;
  late: Paired;
  /** At the end of the period. */
  unanswered: Paired;
  /** The share of those due that were answered on time. */
  onTimeShare: Paired;
  /** Half of the answers needed at most so many hours by the clock. */
  medianHours: Paired;
  /** Null: told to the government alone, or to nobody. */
  topics: TopicFigure[] | null;
  /** The same. */
  coaching: CoachingFigures | null;
  units: UnitFigure[];
  regions: RegionFigure[] | null;
};
