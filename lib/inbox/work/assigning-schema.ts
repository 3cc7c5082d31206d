import { z } from "zod";
import { assignmentModes } from "./assigning-rules.ts";

export const assignmentSchema = z.object({
  mode: z.enum(assignmentModes),
  limit: z.int("limit-form").min(1, "limit-form").max(500, "limit-form"),
});

export const assignmentInput = z.object({
  unitId: z.uuid(),
  validFrom: z.iso.date("day-form"),
  /** Null: from that day the unit takes over what stands above it. */
  assignment: assignmentSchema.nullable(),
});
export type AssignmentInput = z.infer<typeof assignmentInput>;
