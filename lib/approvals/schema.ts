import { z } from "zod";
import { flowSchema } from "./flow.ts";

const day = z.iso.date("day-form");

export const flowInput = z.object({
  unitId: z.uuid(),
  validFrom: day,
  /** Null: from that day the unit takes over what stands above it. */
  flow: flowSchema.nullable(),
});
export type FlowInput = z.infer<typeof flowInput>;

const terms = z
  .array(
    z
      .string()
      .trim()
      .min(1)
      .max(80)
      .refine((term) => /[\p{L}\p{N}]/u.test(term), "term-form"),
  )
  .max(500);

export const gateSettingsSchema = z.object({ electionMode: z.boolean(), bannedTerms: terms, candidateNames: terms });

export const gatesInput = gateSettingsSchema.extend({ governmentId: z.uuid(), validFrom: day });
export type GatesInput = z.infer<typeof gatesInput>;
