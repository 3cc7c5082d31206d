/** The bounds of a table of posts or figures. */
export const mostImportBytes = 10 * 1024 * 1024;
export const mostImportRows = 50_000;

/** Who told a figure: the platform's interface, a table, or a person. */
export type FiguresFrom = "api" | "file" | "hand";

export const figureNames = ["likes", "comments", "shares", "views", "reach"] as const;
export type FigureName = (typeof figureNames)[number];
/** Figures that a newer reading told notably lower: what stood there before and what stands there now. */
export type Fell = { at: string } & Partial<Record<FigureName, number[]>>;

/** What a column can be. `moment` is when a post went out (or the day of a follower count), `clock` its time where that stands apart. */
export const importFields = [
  "permalink",
  "postId",
  "moment",
  "clock",
  "text",
  "title",
  "kind",
  "alt",
  "likes",
  "comments",
  "shares",
  "views",
  "reach",
  "account",
  "followers",
] as const;
export type ImportField = (typeof importFields)[number];
/** The place of each field's column, from 0. */
export type Columns = Partial<Record<ImportField, number>>;

/** Whether "05/11/2026" begins with its day or its month. */
export const dayOrders = ["dmy", "mdy"] as const;
export type DayOrder = (typeof dayOrders)[number];
