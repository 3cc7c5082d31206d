import { z } from "zod";
import { zones } from "../../units/calendar.ts";
import { dayOrders, importFields, mostImportBytes } from "./rules.ts";

const day = z.iso.date();
const columns = z.partialRecord(z.enum(importFields), z.int().min(0).max(200));

export const mappingSchema = z.object({
  columns,
  dayOrder: z.enum(dayOrders).nullable(),
  zone: z.enum(zones).nullable(),
});

/** What a person says of a table; null: as its headings tell. */
const importOptions = z.object({
  columns: columns.nullable().default(null),
  dayOrder: z.enum(dayOrders).nullable().default(null),
  zone: z.enum(zones).nullable().default(null),
  /** The local day of which its figures are; null: today. */
  asOf: day.nullable().default(null),
});

export const importInput = importOptions.extend({
  channelId: z.uuid(),
  file: z.custom<Uint8Array>((file) => file instanceof Uint8Array).refine((file) => file.length <= mostImportBytes, "file-too-large"),
});
export type ImportInput = z.output<typeof importInput>;

const figure = z.string().trim().max(30).default("");

/** One post that a person writes down by its address. */
export const registerInput = z.object({
  channelId: z.uuid(),
  permalink: z.string().trim().min(1, "required").max(1000),
  /** On the clock of the account's unit: "2026-11-20T08:30". */
  publishedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, "required"),
  text: z.string().trim().max(100_000),
  visual: z.enum(["image", "video", "none", "unknown"]),
  alt: z.enum(["yes", "no", "unknown"]),
  /** As a person writes counts; empty: unknown. */
  figures: z.object({ likes: figure, comments: figure, shares: figure, views: figure, reach: figure }),
});
export type RegisterInput = z.output<typeof registerInput>;

export const followersInput = z.object({ channelId: z.uuid(), day, followers: z.string().trim().min(1, "required").max(30) });
export type FollowersInput = z.output<typeof followersInput>;

const twoFigures = z.array(z.int()).length(2).optional();

/** A fall of figures as the database keeps it. */
export const fellSchema = z.object({
  ...{ at: z.string(), likes: twoFigures, comments: twoFigures, shares: twoFigures },
  ...{ views: twoFigures, reach: twoFigures },
});
