/** Planned posts from a table that a person wrote: the good rows as drafts, every problem by its row and column. Pure. */

import type { Platform } from "../platforms/contract.ts";
import { localDay, type Zone } from "../units/calendar.ts";
import { instantOfField } from "../units/local-time.ts";
import { type CleanText, cleanText } from "./clean-text.ts";
import { channelsNamed, filesNamed, readDay, readTime } from "./plan-cells.ts";
import { pillars, scheduleProblems } from "./rules.ts";
import { type DraftInput, draftInput } from "./schema.ts";

export type PlanProblemCode =
  | "missing"
  | "not-a-day"
  | "not-a-time"
  | "other-zone"
  | "time-past"
  | "time-far"
  | "channel-unknown"
  | "channel-ambiguous"
  | "too-long"
  | "not-an-address"
  | "not-a-pillar"
  | "picture-unknown"
  | "picture-ambiguous"
  | "too-many-pictures"
  | "one-video"
  | "twice";
/**
 * `row` counts as a spreadsheet does: the heading is row 1. `column` is the heading that we ask for, in Indonesian. `value` is what
 * stands there, at most 80 characters; `firstRow` the row that has the same post.
 */
export type PlanProblem = { row: number; column: PlanColumn; code: PlanProblemCode; value: string; firstRow?: number };

/** A row as a draft of the unit. */
export type PlannedRow = { row: number; draft: PlannedDraft };
type PlannedDraft = Required<Omit<DraftInput, "postId" | "newId" | "revision" | "unitId" | "tags">> & { publishAt: string };
export type PlanRead =
  | { ok: true; rows: number; planned: PlannedRow[]; problems: PlanProblem[] }
  | { ok: false; code: "empty" | "too-many-rows" }
  | { ok: false; code: "columns-missing" | "columns-twice"; columns: PlanColumn[] };

export const mostPlannedRows = 1_000;

const headings = {
  tanggal: ["tanggal", "tgl", "hari", "tanggal terbit", "date"],
  jam: ["jam", "pukul", "waktu", "jam terbit", "time"],
  kanal: ["kanal", "akun", "platform", "media sosial", "channel", "channels", "account"],
  naskah: ["naskah", "teks", "takarir", "isi", "naskah unggahan", "caption", "text"],
  judul: ["judul", "title"],
  tautan: ["tautan", "link", "url"],
  pilar: ["pilar", "pilar konten", "pillar"],
  sumber: ["sumber", "source"],
  gambar: ["gambar", "foto", "media", "berkas", "image", "images", "picture"],
  tautan_sumber: ["tautan sumber", "source link"],
  dokumen: ["dokumen", "dokumen sumber", "document", "source document"],
} as const;
export type PlanColumn = keyof typeof headings;
/** The headings of a table that we can read, in their order: a person's template. */
export const planColumns = Object.keys(headings) as PlanColumn[];
const needed: readonly PlanColumn[] = ["tanggal", "jam", "kanal", "naskah"];

export type PlanContext = {
  now: Date;
  /** The unit's: the table's times are read on its clock. */
  zone: Zone;
  channels: readonly { id: string; platform: Platform; handle: string }[];
  /** The unit's library; the table names a file as it is named there. */
  media: readonly { id: string; name: string; alt: string; mime: string }[];
};

type Row = Record<PlanColumn, CleanText>;
type Refuse = (column: PlanColumn, code: PlanProblemCode, value?: string) => void;

/**
 * Reads a table of cells, the heading first; days and times are texts. Empty rows count for nothing. A row is planned only when
 * nothing is wrong with it, and the same post goes to a channel once a day.
 */
export function readPlan(cells: readonly (readonly string[])[], context: PlanContext): PlanRead {
  const [heading = [], ...below] = cells;
  const rows = below.map((row, index) => ({ number: index + 2, row })).filter(({ row }) => row.some((cell) => cell.trim() !== ""));
  if (rows.length === 0) return { ok: false, code: "empty" };
  if (rows.length > mostPlannedRows) return { ok: false, code: "too-many-rows" };
  const places = placesOf(heading);
  const missing = needed.filter((column) => places[column].length === 0);
  if (missing.length) return { ok: false, code: "columns-missing", columns: missing };
  const doubled = planColumns.filter((column) => places[column].length > 1);
  if (doubled.length) return { ok: false, code: "columns-twice", columns: doubled };

  const planned: PlannedRow[] = [];
  const problems: PlanProblem[] = [];
  const firstRows = new Map<string, number>();
  for (const { number, row } of rows) {
    const cleaned = mapColumns((column) => trimmed(row[places[column][0] ?? -1] ?? ""));
    const found: PlanProblem[] = [];
    const draft = readRow(cleaned, context, (column, code, value = cleaned[column].text) =>
      found.push({ row: number, column, code, value: value.slice(0, 80) }),
    );
    problems.push(...found);
    if (!draft || found.length > 0) continue;
    const keys = duplicateKeys(draft, context.zone);
    const firstRow = keys.map((key) => firstRows.get(key)).find((known) => known !== undefined);
    if (firstRow === undefined) planned.push({ row: number, draft });
    else problems.push({ row: number, column: "naskah", code: "twice", value: draft.text.slice(0, 80), firstRow });
    for (const key of keys) if (!firstRows.has(key)) firstRows.set(key, number);
  }
  return { ok: true, rows: rows.length, planned, problems };
}

const mapColumns = <T>(value: (column: PlanColumn) => T) =>
  Object.fromEntries(planColumns.map((column) => [column, value(column)])) as Record<PlanColumn, T>;

const trimmed = (cell: string): CleanText => {
  const { text, removed } = cleanText(cell);
  return { text: text.trim(), removed };
};

/** Where each column stands; a heading may carry a star or underscores. */
function placesOf(heading: readonly string[]): Record<PlanColumn, number[]> {
  const names = heading.map((name) => trimmed(name.toLowerCase().replace(/[_*\s]+/g, " ")).text);
  return mapColumns((column) => names.flatMap((name, index) => ((headings[column] as readonly string[]).includes(name) ? [index] : [])));
}

const { shape } = draftInput;

function readRow(row: Row, context: PlanContext, refuse: Refuse): PlannedDraft | null {
  const publishAt = readInstant(row, context, refuse);
  const channels = readChannels(row, context, refuse);
  const text = row.naskah.text;
  if (text === "" && row.gambar.text === "") refuse("naskah", "missing");
  if (row.naskah.removed.beyond > 0) refuse("naskah", "too-long");
  const [title, link, source] = [row.judul.text || null, row.tautan.text || null, row.sumber.text || null];
  const [sourceLink, sourceDocument] = [row.tautan_sumber.text || null, row.dokumen.text || null];
  if (!shape.title.safeParse(title).success) refuse("judul", "too-long");
  if (!shape.link.safeParse(link).success) refuse("tautan", "not-an-address");
  const pillar = pillars.find((name) => name === row.pilar.text.toLowerCase()) ?? null;
  if (row.pilar.text !== "" && !pillar) refuse("pilar", "not-a-pillar");
  if (!shape.source.safeParse(source).success) refuse("sumber", "too-long");
  if (!shape.sourceLink.safeParse(sourceLink).success) refuse("tautan_sumber", "not-an-address");
  if (!shape.sourceDocument.safeParse(sourceDocument).success) refuse("dokumen", "too-long");
  const media = readMedia(row, context, refuse);
  if (!publishAt) return null;
  return {
    title,
    text,
    link,
    pillar,
    source,
    sourceLink,
    sourceDocument,
    publishAt,
    channels,
    media,
    firstComment: null,
    collaborators: [],
  };
}

function readInstant({ tanggal, jam }: Row, { now, zone }: PlanContext, refuse: Refuse): string | null {
  const day = readDay(tanggal.text);
  const time = readTime(jam.text, zone);
  if (tanggal.text === "") refuse("tanggal", "missing");
  else if (!day) refuse("tanggal", "not-a-day");
  if (jam.text === "") refuse("jam", "missing");
  else if ("code" in time) refuse("jam", time.code);
  const instant = day && "time" in time ? instantOfField(`${day}T${time.time}`, zone) : null;
  if (instant === null) return null;
  const column = day === localDay(now, zone) ? "jam" : "tanggal";
  for (const { code } of scheduleProblems(new Date(instant), now)) refuse(column, code as "time-past" | "time-far");
  return instant;
}

const parts = (cell: CleanText, separators: RegExp) =>
  cell.text
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== "");

function readChannels({ kanal }: Row, { channels }: PlanContext, refuse: Refuse): PlannedDraft["channels"] {
  const ids = new Set<string>();
  const names = parts(kanal, /[;,\n]/);
  if (names.length === 0) refuse("kanal", "missing");
  for (const name of names) {
    const [channel, ...others] = channelsNamed(name, channels);
    if (!channel) refuse("kanal", "channel-unknown", name);
    else if (others.length > 0) refuse("kanal", "channel-ambiguous", name);
    else ids.add(channel.id);
  }
  return [...ids].map((channelId) => ({ channelId, text: null }));
}

function readMedia({ gambar }: Row, { media }: PlanContext, refuse: Refuse): PlannedDraft["media"] {
  const files = new Map<string, PlanContext["media"][number]>();
  for (const name of parts(gambar, /[;\n]/)) {
    const [file, ...others] = filesNamed(name, media);
    if (!file) refuse("gambar", "picture-unknown", name);
    else if (others.length > 0) refuse("gambar", "picture-ambiguous", name);
    else files.set(file.id, file);
  }
  const found = [...files.values()];
  if (found.filter((file) => file.mime.startsWith("video/")).length > 1) refuse("gambar", "one-video");
  const rows = found.map((file) => ({ mediaId: file.id, alt: file.alt }));
  if (rows.length > mostFiles) refuse("gambar", "too-many-pictures");
  return rows;
}

/** As many as a draft holds. */
const mostFiles = 36;

/** What must not stand twice in a table: the same words, link and files on one channel and day. */
function duplicateKeys({ text, link, media, channels, publishAt }: PlannedDraft, zone: Zone): string[] {
  const post = [text.toLowerCase().replace(/\s+/g, " "), link, ...media.map((file) => file.mediaId)];
  const day = localDay(new Date(publishAt), zone);
  return channels.map(({ channelId }) => JSON.stringify([channelId, day, ...post]));
}
