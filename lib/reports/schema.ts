import { z } from "zod";
import { signatorySchema } from "./letterhead/schema.ts";
import { papers } from "./rules.ts";

const day = z.iso.date("day-form");
const known = { reportId: z.uuid(), revision: z.int().positive() };

export const createInput = z.object({ unitId: z.uuid(), from: day, to: day, paper: z.enum(papers) });
export type CreateInput = z.output<typeof createInput>;

export const saveInput = z.object({
  ...known,
  number: z
    .string()
    .trim()
    .max(80)
    .transform((number) => number || null),
  signatory: signatorySchema.nullable(),
  paper: z.enum(papers),
});
export type SaveInput = z.output<typeof saveInput>;

export const reportInput = z.object(known);
export type ReportInput = z.output<typeof reportInput>;
