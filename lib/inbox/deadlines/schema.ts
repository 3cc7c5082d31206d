import { z } from "zod";
import { kinds } from "../kinds.ts";
import type { ResponseTarget } from "./deadlines.ts";

const minutes = z.int("target-form").min(15, "target-form").max(129_600, "target-form");
const target: z.ZodType<ResponseTarget, ResponseTarget> = z
  .union([
    z.strictObject({ clock: z.literal("working"), days: z.int("target-form").min(1, "target-form").max(90, "target-form") }),
    z.strictObject({ clock: z.literal("working"), minutes }),
    z.strictObject({ clock: z.literal("wall"), minutes }),
  ])
  .nullable();
const perKind = z.record(z.enum([...kinds, "crisis"]), target);

/** Every kind has its times, or null for none. */
export const targetsSchema = z.object({ first: perKind, resolution: perKind });

export const targetsInput = z.object({
  unitId: z.uuid(),
  validFrom: z.iso.date("day-form"),
  /** Null: from that day the unit takes over what stands above it. */
  targets: targetsSchema.nullable(),
});
export type TargetsInput = z.infer<typeof targetsInput>;
