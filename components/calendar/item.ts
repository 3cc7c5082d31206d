import type { Platform } from "#lib/platforms/contract.ts";
import type { ShownState } from "#lib/posts/shown.ts";

/** A post as the browser keeps it; `unit` where several units share a calendar. */
export type PlanItem = {
  id: string;
  revision: number;
  title: string;
  shown: ShownState;
  at: string;
  platforms: Platform[];
  unit: string | null;
  movable: boolean;
  inSlot: number;
  /** One of a series that comes again. */
  repeats: boolean;
  /** Stands so near another post of the same account that they take readers from each other. */
  crowded: boolean;
};
