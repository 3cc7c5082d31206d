import { noteFollowers } from "../../channels/followers.ts";
import type { Actor } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import type { Answer, Problem } from "../../core/errors.ts";
import { addDays, localDay, startOfDay, type Zone } from "../../units/calendar.ts";
import { takeInPosts } from "../intake.ts";
import { findImportChannel, type ImportChannel, lockChannel, withKnown } from "./accounts.ts";
import { guess, headingOf, isFollowerTable, type LayoutCode, missingIn, recognise } from "./columns.ts";
import { readTableFile } from "./files.ts";
import { type Fate, fateOf } from "./known.ts";
import { type Remembered, rememberedMapping, rememberMapping, signatureOf } from "./mappings.ts";
import { dayOrderOf } from "./moments.ts";
import { type DaysRead, type PostsRead, type RowProblem, readDays, readPosts } from "./reading.ts";
import { type Columns, type DayOrder, type ImportField, mostImportRows } from "./rules.ts";
import type { ImportInput } from "./schema.ts";

/** How a table is read, and what an import would do with it. */
export type ImportCheck = {
  headings: string[];
  /** The first rows below the heading, so that a person sees what a column holds. */
  sample: string[][];
  layout: LayoutCode | null;
  remembered: { by: string; at: Date } | null;
  columns: Columns;
  /** What has to be mapped before anything can be read. */
  missing: ImportField[];
  dayOrder: DayOrder;
  /** The days of the table fit no other order. */
  dayOrderSure: boolean;
  dayOrderMixed: boolean;
  zone: Zone;
  asOf: string;
  lettersGuessed: boolean;
  yearGuessed: boolean;
  unknownKinds: string[];
  what: "posts" | "followers";
  rows: number;
  wrong: number;
  /** The name that stood where another account's posts do, when no row is of this account. */
  foreign: string | null;
  fates: Record<Fate, number>;
  from: string | null;
  to: string | null;
  problems: RowProblem[];
  moreProblems: number;
};
export type Imported = { what: "posts" | "followers"; fates: Record<Fate, number>; wrong: number };

const shownProblems = 200;
const sampleRows = 3;
const chunk = 250;
/** Older posts weigh in no score: they are not compared with others. */
const comparedDays = 90;

/** Looks a table over for an account without an interface. Changes nothing. */
export async function checkImport(actor: Actor, input: ImportInput): Promise<Answer<{ check: ImportCheck }>> {
  const table = await readFor(actor, input);
  if ("problem" in table) return { ok: false, problems: [table.problem] };
  const { channel, read, settled, zone } = table;
  const fates = noFates();
  let moments: string[] = [];
  if (read && "posts" in read) {
    for (const { fate } of await fatesOf(db, channel, read, settled.asOf)) fates[fate] += 1;
    moments = read.posts.map(({ post }) => localDay(post.publishedAt, zone));
  } else if (read) {
    const kept = await db.followerCount.findMany({
      where: { channelId: channel.id, day: { in: read.days.map(({ day }) => new Date(day)) } },
      select: { day: true, followers: true, source: true },
    });
    const known = new Map(kept.map((one) => [one.day.toISOString().slice(0, 10), one]));
    for (const { day, followers } of read.days) {
      const one = known.get(day);
      fates[!one ? "fresh" : one.source === "api" ? "elsewhere" : one.followers === followers ? "same" : "renewed"] += 1;
    }
    moments = read.days.map(({ day }) => day);
  }
  const problems = read?.problems ?? [];
  const sorted = moments.sort();
  return {
    ok: true,
    check: {
      ...table.shown,
      unknownKinds: read && "posts" in read ? read.unknownKinds : [],
      yearGuessed: read?.yearGuessed ?? false,
      rows: read?.rows ?? 0,
      wrong: wrongIn(problems),
      foreign: foreignIn(read),
      fates,
      from: sorted[0] ?? null,
      to: sorted.at(-1) ?? null,
      problems: problems.slice(0, shownProblems),
      moreProblems: Math.max(0, problems.length - shownProblems),
    },
  };
}

/** Takes the good rows of a table in: new posts, newer figures of known ones, followers of days. The same table again changes nothing. */
export async function importFile(actor: Actor, input: ImportInput): Promise<Answer<{ done: Imported }>> {
  const table = await readFor(actor, input);
  if ("problem" in table) return { ok: false, problems: [table.problem] };
  const { channel, read, settled } = table;
  if (!read) return { ok: false, problems: [{ field: "file", code: "import-columns-missing" }] };
  const done = await db.$transaction(
    async (tx) => {
      // Every post is compared with those of the month before it: of a lively account with long texts that takes longer than a page may.
      await tx.$executeRaw`SELECT set_config('statement_timeout', '60000', true)`;
      await lockChannel(tx, channel.id);
      const fates = "posts" in read ? await takeIn(tx, channel, read, settled.asOf) : await takeInDays(tx, channel, read);
      const said = input.columns !== null || input.dayOrder !== null || input.zone !== null;
      if (said)
        await rememberMapping(tx, actor, channel.id, table.signature, {
          columns: table.shown.columns,
          dayOrder: input.dayOrder,
          zone: input.zone,
        });
      const wrong = wrongIn(read.problems);
      await record(tx, actor, {
        type: "posts" in read ? "posts.imported" : "followers.imported",
        subjectType: "channel",
        subjectId: channel.id,
        place: channel,
        payload: { layout: table.shown.layout, asOf: settled.asOf.toISOString(), ...fates, refusedRows: wrong },
      });
      return { what: table.shown.what, fates, wrong };
    },
    { timeout: 120_000, maxWait: 10_000 },
  );
  return { ok: true, done };
}

async function takeIn(tx: Tx, channel: ImportChannel, read: PostsRead, asOf: Date) {
  const fates = noFates();
  const judged = await fatesOf(tx, channel, read, asOf);
  for (const { fate } of judged) fates[fate] += 1;
  // Figures that a later table repeats are as good as of its day.
  const written = judged.filter(({ fate }) => fate !== "older" && fate !== "elsewhere");
  const at = now();
  const source = { at: asOf, from: "file", compareSince: new Date(at.getTime() - comparedDays * 86_400_000) } as const;
  for (const [channelId, rows] of Map.groupBy(written, ({ known }) => known?.channelId ?? channel.id)) {
    const place = { id: channelId, unitId: channel.unitId, governmentId: channel.governmentId };
    const posts = rows.map(({ one, known }) => ({ ...one.post, remoteId: known?.remoteId ?? one.post.remoteId }));
    for (let from = 0; from < posts.length; from += chunk) await takeInPosts(tx, place, posts.slice(from, from + chunk), source);
  }
  return fates;
}

async function takeInDays(tx: Tx, channel: ImportChannel, { days }: DaysRead) {
  const renewed = await noteFollowers(
    tx,
    channel.id,
    "file",
    days.map(({ day, followers }) => ({ day, followers })),
  );
  return { ...noFates(), renewed, same: days.length - renewed };
}

async function fatesOf(tx: Pick<Tx, "$queryRaw">, channel: ImportChannel, { posts }: PostsRead, asOf: Date) {
  const matched = await withKnown(tx, channel, posts);
  return matched.map(({ one, known }) => ({ one, known, fate: fateOf(one.post, known, asOf) }));
}

const noFates = (): Record<Fate, number> => ({ fresh: 0, renewed: 0, same: 0, older: 0, elsewhere: 0 });
const wrongIn = (problems: readonly RowProblem[]) => new Set(problems.map(({ row }) => row)).size;

function foreignIn(read: PostsRead | DaysRead | null): string | null {
  if (!read || !("posts" in read) || read.posts.length > 0) return null;
  return read.problems.find(({ code }) => code === "other-account")?.value ?? null;
}

type Shown = Pick<
  ImportCheck,
  "headings" | "sample" | "layout" | "remembered" | "columns" | "missing" | "dayOrder" | "dayOrderSure" | "dayOrderMixed" | "zone" | "asOf"
> & { lettersGuessed: boolean; what: ImportCheck["what"] };
type Table = {
  channel: ImportChannel;
  signature: string;
  shown: Shown;
  zone: Zone;
  settled: { asOf: Date };
  /** Null while columns are missing. */
  read: PostsRead | DaysRead | null;
};

async function readFor(actor: Actor, input: ImportInput): Promise<Table | { problem: Problem }> {
  const channel = await findImportChannel(actor, input.channelId);
  const file = await readTableFile(input.file);
  if (!file.ok) return { problem: fileProblem(`import-${file.code}`) };
  const headed = headingOf(file.cells);
  if (!headed || headed.row + 1 >= file.cells.length) return { problem: fileProblem("import-file-empty") };
  const { headings, row } = headed;
  const signature = signatureOf(headings);
  const remembered: Remembered | null = await rememberedMapping(channel.id, signature);
  const recognised = recognise(headings, channel.platform);
  if (recognised?.otherPlatforms && !input.columns && !remembered)
    return { problem: { field: "file", code: "import-other-platform", params: { platform: recognised.otherPlatforms[0]! } } };

  const columns = within(input.columns ?? remembered?.columns ?? recognised?.columns ?? guess(headings), headings.length);
  const missing = missingIn(columns);
  const dates = file.cells.slice(row + 1).map((line) => line[columns.moment ?? -1] ?? "");
  const found = dayOrderOf(dates);
  const order = found.order ?? input.dayOrder ?? remembered?.dayOrder ?? recognised?.dayOrder ?? "dmy";
  const zone = input.zone ?? (remembered?.zone as Zone | null) ?? channel.zone;
  const at = now();
  const today = localDay(at, channel.zone);
  const asOfDay = input.asOf !== null && input.asOf < today ? input.asOf : today;
  const asOf = asOfDay === today ? at : new Date(startOfDay(addDays(asOfDay, 1), channel.zone).getTime() - 1);
  const context = { account: channel, zone, order, now: at };
  const followers = isFollowerTable(columns);
  const read = missing.length > 0 ? null : (followers ? readDays : readPosts)(file.cells, columns, row, context);
  if (read && read.rows > mostImportRows) return { problem: fileProblem("import-too-many-rows") };
  return {
    ...{ channel, signature, zone, read },
    settled: { asOf },
    shown: {
      ...{ headings, columns, missing, zone },
      sample: file.cells.slice(row + 1, row + 1 + sampleRows).map((line) => line.map((cell) => cell.slice(0, 60))),
      layout: recognised?.layout ?? null,
      remembered: input.columns || !remembered ? null : { by: remembered.by, at: remembered.at },
      dayOrder: order,
      dayOrderSure: found.order !== null || !dates.some((cell) => /^\D*\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}/.test(cell)),
      dayOrderMixed: found.mixed,
      asOf: asOfDay,
      lettersGuessed: file.guessed,
      what: followers ? "followers" : "posts",
    },
  };
}

const within = (columns: Columns, count: number): Columns =>
  Object.fromEntries(Object.entries(columns).filter(([, place]) => place < count)) as Columns;

const fileProblem = (code: string): Problem => ({ field: "file", code, params: { limit: mostImportRows } });
