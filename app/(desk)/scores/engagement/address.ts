import type { Route } from "next";
import { z } from "zod";
import { platforms } from "#lib/platforms/contract.ts";
import { pillars } from "#lib/posts/rules.ts";
import { postOrders } from "#lib/scores/engagement/figures.ts";
import { comparisons, spans } from "#lib/scores/engagement/rules.ts";

const day = z.iso.date().nullable().catch(null);
const addressOf = z.object({
  /** The code of a unit or region; null: the one chosen in the switcher. */
  of: z.string().min(1).max(60).nullable().catch(null),
  days: z.coerce.number().pipe(z.literal(spans)).catch(28),
  from: day,
  to: day,
  compare: z.enum(comparisons).catch("before"),
  platform: z.enum(platforms).nullable().catch(null),
  pillar: z.enum(pillars).nullable().catch(null),
  sort: z.enum(postOrders).catch("interactions"),
  q: z.string().trim().max(80).catch(""),
});
export type EngagementAddress = z.output<typeof addressOf>;

export const readAddress = (search: Record<string, unknown>): EngagementAddress => addressOf.parse(search);

const usual: Partial<EngagementAddress> = { days: 28, compare: "before", sort: "interactions", q: "" };

function query(address: EngagementAddress, change: Partial<EngagementAddress>): URLSearchParams {
  const parts = Object.entries({ ...address, ...change }).filter(
    ([name, value]) => value !== null && value !== usual[name as keyof EngagementAddress],
  );
  return new URLSearchParams(parts.map(([name, value]) => [name, String(value)]));
}

export const engagementHref = (address: EngagementAddress, change: Partial<EngagementAddress> = {}) =>
  `/scores/engagement?${query(address, change)}` as Route;

/** Tables as files: every one in a workbook, or a single one as CSV. */
export const exportHref = (address: EngagementAddress, table: string | null) => {
  const parts = query(address, {});
  if (table) parts.set("table", table);
  return `/scores/engagement/export?${parts}`;
};
