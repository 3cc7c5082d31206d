import { random } from "./random.ts";
import { type DemoUnit, governments } from "./units.ts";

/**
 * How an account behaves: `pace` in posts per weekly target of its class; `substance`, `alt` and `contact` as shares of its
 * posts, the rest being greetings and ceremonies; `liked` in times the usual engagement; `asked` and `praised` in comments a
 * week that need an answer and that do not; `answers` in turn: T on time, L late, M missed.
 */
export type Habit = {
  pace: number;
  substance: number;
  alt: number;
  contact: number;
  liked: number;
  asked: number;
  praised: number;
  answers: string;
};

const steady: Habit = {
  pace: 1.02,
  substance: 0.85,
  alt: 0.6,
  contact: 0.6,
  liked: 1,
  asked: 2.5,
  praised: 0.8,
  answers: "TTMTLTTMTM",
};

const habits = {
  steady,
  /** Answers nearly everybody. */
  lively: {
    ...steady,
    pace: 1.15,
    substance: 0.95,
    alt: 0.97,
    contact: 0.95,
    liked: 1.45,
    asked: 2.75,
    praised: 1.2,
    answers: "TTTTTTTTTL",
  },
  /** Posts as it should and answers half. */
  hesitant: { ...steady, answers: "TMTMTL" },
  /** Answers, but hardly posts. */
  dozing: { ...steady, pace: 0.1, liked: 0.8 },
  /** Posts and lets its audience wait. */
  deaf: { ...steady, pace: 1.05, liked: 0.85, asked: 2.2, answers: "MMTMMMLMMM" },
  /** Posts and answers nobody at all. */
  mute: { ...steady, answers: "M" },
  /** Too few posts and too few answers. */
  sparse: { ...steady, pace: 0.42, substance: 0.75, alt: 0.4, contact: 0.5, liked: 0.75, asked: 1.6, praised: 0.4, answers: "TMMTMLM" },
  /** Greetings, ceremonies and what others wrote. */
  ceremonial: { ...steady, pace: 0.9, substance: 0.3, alt: 0.3, contact: 0.3, liked: 0.7, asked: 1.8, praised: 0.5, answers: "TMMTM" },
  /** A ceremony now and then. */
  faint: { ...steady, pace: 0.2, substance: 0, alt: 0, contact: 0, liked: 0.3, asked: 1.5, praised: 0.2, answers: "MMMMMMMMMML" },
  silent: { ...steady, pace: 0, asked: 0.35, praised: 0.1, answers: "M" },
} satisfies Record<string, Habit>;

type HabitName = keyof typeof habits;
/** Weeks are counted back from yesterday, the last seven days being week 0. */
type Phase = readonly [fromWeek: number, habit: HabitName];
/** `lastPost`: how many days before yesterday the account fell silent. `temper`: by how much its quality falls short of its habit. */
export type Course = { phases: readonly Phase[]; lastPost?: number; commentsClosed?: boolean; temper?: number };

const course = (...phases: Phase[]): Course => ({ phases });
const always = (habit: HabitName) => course([30, habit]);
const until = (lastPost: number, habit: HabitName): Course => ({ phases: [[30, habit]], lastPost });

/** The story of Kabupaten Tegal: fifteen of its 36 agencies are active, nine were twelve weeks ago. */
const agenciesOfTegal: Record<string, Course> = {
  disdukcapil: always("lively"),
  diskominfo: always("lively"),
  "rsud-dr-soeselo": course([30, "steady"], [5, "hesitant"], [2, "lively"]),
  prokompim: course([30, "dozing"], [11, "lively"]),
  dinkes: always("steady"),
  dinsos: always("steady"),
  dishub: always("steady"),
  dpmptsp: always("steady"),
  bpbd: course([30, "dozing"], [8, "steady"]),
  dlh: course([30, "dozing"], [5, "steady"]),
  dikbud: course([30, "dozing"], [4, "steady"]),
  "dinkop-ukm-perdagangan": course([30, "dozing"], [3, "steady"]),
  "rsud-suradadi": { ...course([30, "dozing"], [2, "steady"]), temper: 0.9 },
  disporapar: { ...course([30, "dozing"], [2, "steady"]), temper: 0.85 },
  "bagian-kesra": course([30, "dozing"], [3, "steady"]),
  setda: course([30, "steady"], [2, "mute"]),
  "dinas-perikanan": course([30, "steady"], [2, "mute"]),
  "dinas-tan-kp": { ...always("steady"), commentsClosed: true },
  disperintransnaker: course([30, "deaf"]),
  disarpus: always("sparse"),
  dp3ap2kb: always("deaf"),
  bapenda: course([30, "deaf"], [9, "sparse"]),
  bkpsdm: always("ceremonial"),
  "bagian-organisasi": course([30, "faint"], [16, "sparse"]),
  dpu: course([30, "sparse"], [3, "faint"]),
  dispermasdes: always("faint"),
  disperkimtaru: course([30, "ceremonial"], [14, "faint"]),
  kesbangpol: always("faint"),
  "bagian-hukum": course([30, "sparse"], [10, "faint"]),
  bpkad: until(31, "faint"),
  inspektorat: until(47, "sparse"),
  "satpol-pp": until(62, "deaf"),
  setwan: until(55, "ceremonial"),
  "bagian-pemerintahan": until(71, "sparse"),
  bapperida: until(97, "sparse"),
  "bagian-pbj": until(142, "ceremonial"),
};

/** Elsewhere every kind of course occurs. */
const others: readonly Course[] = [
  always("steady"),
  always("sparse"),
  always("deaf"),
  course([30, "sparse"], [7, "steady"]),
  always("faint"),
  always("lively"),
  until(52, "sparse"),
  always("steady"),
  always("ceremonial"),
  course([30, "steady"], [6, "deaf"]),
  course([30, "dozing"], [9, "steady"]),
  until(118, "ceremonial"),
];

/** The course of a unit; `index` is its place in the list of all. */
export const courseOf = (unit: DemoUnit, index: number): Course => ({
  temper: random(`temper ${unit.code}`).between(0.5, 0.95),
  ...(agenciesOfTegal[unit.government === governments.tegal ? unit.code.slice(unit.government.length + 1) : ""] ??
    others[index % others.length]!),
});

/** The habit in a week; after its last post an account is silent in every way. */
export function habitIn({ phases, lastPost, temper = 1 }: Course, week: number): Habit {
  if (lastPost !== undefined && week < Math.floor(lastPost / 7)) return habits.silent;
  const phase = phases.findLast(([fromWeek]) => fromWeek >= week) ?? phases[0]!;
  const { substance, alt, contact, liked, ...habit } = habits[phase[1]];
  const full = phase[1] === "lively" || phase[1] === "faint" ? 1 : temper;
  return { ...habit, substance: substance * full ** 0.6, alt: alt * full, contact: contact * full, liked: liked * full ** 1.5 };
}
