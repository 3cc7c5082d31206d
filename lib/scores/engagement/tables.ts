/** Engagement figures as plain tables for files: a figure that is not known is an empty cell, never zero. Pure. */

import { liftOf } from "../../posts/best-hours.ts";
import type { AnswerTimes } from "./answers.ts";
import type { Breakdown, Group, Hours, PostFigures, Sum } from "./figures.ts";
import type { Followers } from "./followers.ts";
import type { Periods } from "./rules.ts";

export type Cell = string | number | Date | null;
export type Table = { name: TableName; headings: string[]; rows: Cell[][] };
export const tableNames = ["overview", "platforms", "pillars", "categories", "hours", "posts", "followers", "answers"] as const;
export type TableName = (typeof tableNames)[number];

export type Found = {
  periods: Periods;
  figures: Breakdown;
  hours: Hours;
  posts: readonly PostFigures[];
  followers: Followers;
  answers: AnswerTimes;
};
/** How the headings and the names in the cells are written. */
export type Names = {
  column: (name: string) => string;
  figure: (name: string) => string;
  platform: (name: string) => string;
  pillar: (name: string) => string;
  category: (name: string) => string;
  weekday: (weekday: number) => string;
};

const sums = ["posts", "reach", "views", "interactions", "rate"] as const;
const rate = (ppm: number | null) => (ppm === null ? null : ppm / 1_000_000);
const sumCells = (sum: Sum): Cell[] => [sum.posts, sum.reach, sum.views, sum.interactions, rate(sum.ratePpm)];

/** Every table of what was found, in the order of `tableNames`. */
export function engagementTables(found: Found, names: Names): Table[] {
  const { periods, figures, hours, posts, followers, answers } = found;
  const { column, figure } = names;
  const groups = (name: TableName, rows: readonly Group[], nameOf: (key: string) => string): Table => ({
    name,
    headings: [column("figure"), ...sums.map(figure), column("knownPosts")],
    rows: rows.map((row) => [nameOf(row.key), ...sumCells(row), row.ratePosts]),
  });
  const [now, before] = [sumCells(figures.now), sumCells(figures.before)];
  return [
    {
      name: "overview",
      headings: [column("figure"), column("now"), column("before")],
      rows: [
        [column("from"), periods.now.from, periods.before.from],
        [column("to"), periods.now.to, periods.before.to],
        ...sums.map((name, index): Cell[] => [figure(name), now[index] ?? null, before[index] ?? null]),
        [column("medianMinutes"), answers.now.medianMinutes, answers.before.medianMinutes],
      ],
    },
    groups("platforms", figures.platforms, names.platform),
    groups("pillars", figures.pillars, names.pillar),
    groups("categories", figures.categories, names.category),
    {
      name: "hours",
      headings: [column("day"), column("hour"), figure("posts"), column("lift")],
      rows: hours.cells.map((cell) => [names.weekday(cell.weekday), cell.hour, cell.samples, Math.round(liftOf(cell) * 1000) / 1000]),
    },
    {
      name: "posts",
      headings: [
        ...["published", "unit", "platform", "pillar", "text", "link", "likes", "comments", "shares"].map(column),
        ...["reach", "views", "interactions", "rate"].map(figure),
      ],
      rows: posts.map((post) => [
        ...[
          post.publishedAt,
          post.unit,
          names.platform(post.platform),
          post.pillar && names.pillar(post.pillar),
          post.text,
          post.permalink,
        ],
        ...[post.likes, post.comments, post.shares, post.reach, post.views, post.interactions, rate(post.ratePpm)],
      ]),
    },
    { name: "followers", headings: [column("day"), column("followers")], rows: followers.days.map((one) => [one.day, one.followers]) },
    {
      name: "answers",
      headings: ["day", "hour", "messages", "answered", "medianMinutes"].map(column),
      rows: answers.cells.map((cell) => [names.weekday(cell.weekday), cell.hour, cell.messages, cell.answered, cell.medianMinutes]),
    },
  ];
}
