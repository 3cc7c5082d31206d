import type { Route } from "next";
import { z } from "zod";
import { type Kind, kinds } from "#lib/inbox/kinds.ts";
import { mondayAt } from "#lib/inbox/topics/period-rules.ts";
import { isTopic, type Topic } from "#lib/inbox/topics/topic-rules.ts";
import type { Behind, BehindCursor } from "#lib/inbox/topics/week-figures.ts";
import { startOfDay, type Zone } from "#lib/units/calendar.ts";

export const orders = ["most", "rose", "fell"] as const;
export type Order = (typeof orders)[number];
type Narrowing = Pick<Behind, "topic" | "kind" | "place" | "unitId">;

/** Which week is shown, by its Monday, and what of it; `behind`: the figure whose cases are asked for. */
export type TopicsAddress = { week: string; order: Order; behind: Narrowing | null; after: BehindCursor | null };

const NONE = "none";
const asked = z.object({
  week: z.iso
    .date()
    .regex(/^20\d\d/)
    .nullable()
    .catch(null),
  order: z.enum(orders).catch("most"),
  topic: z
    .string()
    .refine((value) => value === NONE || isTopic(value))
    .transform((value) => (value === NONE ? null : (value as Topic)))
    .optional()
    .catch(undefined),
  kind: z.enum(kinds).optional().catch(undefined),
  place: z
    .string()
    .regex(/^[\w.-]{1,40}$/)
    .transform((value) => (value === NONE ? null : value))
    .optional()
    .catch(undefined),
  unit: z.uuid().optional().catch(undefined),
  after: z
    .string()
    .regex(/^\d{1,14}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .transform((text): BehindCursor => {
      const [at, id] = text.split(".") as [string, string];
      return { at: new Date(Number(at)), id };
    })
    .nullable()
    .catch(null),
});

/** What the address asks for; a day means its week, and no week is later than the present one. */
export function readTopicsAddress(search: Record<string, unknown>, zone: Zone, now: Date): TopicsAddress {
  const { week, order, topic, kind, place, unit, after } = asked.parse({
    ...search,
    after: search.after ?? null,
    week: search.week ?? null,
  });
  const current = mondayAt(now, zone);
  const monday = week ? mondayAt(startOfDay(week, zone), zone) : current;
  const narrowed = topic !== undefined || kind !== undefined || place !== undefined || unit !== undefined;
  return { week: monday < current ? monday : current, order, behind: narrowed ? { topic, kind, place, unitId: unit } : null, after };
}

/** How many weeks the digest of aspirations may span. */
export const digestWeeks = ["1", "4", "12"] as const;
export const readWeeks = (search: Record<string, unknown>) => digestWeeks.find((each) => each === search.weeks) ?? "4";

/** A part of the page by what it shows. */
export function topicsHref(
  week: string,
  { order = "most", behind, after }: { order?: Order; behind?: Narrowing | null; after?: BehindCursor } = {},
): Route {
  const query = new URLSearchParams({ week });
  if (order !== "most") query.set("order", order);
  if (behind?.topic !== undefined) query.set("topic", behind.topic ?? NONE);
  if (behind?.kind) query.set("kind", behind.kind satisfies Kind);
  if (behind?.place !== undefined) query.set("place", behind.place ?? NONE);
  if (behind?.unitId) query.set("unit", behind.unitId);
  if (after) query.set("after", `${after.at.getTime()}.${after.id}`);
  return `/inbox/topics?${query}` as Route;
}
