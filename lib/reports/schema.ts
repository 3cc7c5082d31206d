import { z } from "zod";
import { signatorySchema } from "./letterhead/schema.ts";
import { deliveries, papers, runScopes } from "./rules.ts";

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
export const runInput = z.object({ unitId: z.uuid(), scope: z.enum(runScopes), from: day, to: day, paper: z.enum(papers) });
export type RunInput = z.output<typeof runInput>;

export const retryInput = z.object({ runId: z.uuid() });
export type RetryInput = z.output<typeof retryInput>;

export const scheduleInput = z.object({
  unitId: z.uuid(),
  dayOfMonth: z.int().min(1).max(28),
  hour: z.int().min(0).max(23),
  paper: z.enum(papers),
  delivery: z.enum(deliveries),
  people: z.array(z.uuid()).max(30),
  addresses: z.array(z.string().trim().toLowerCase().max(254)).max(30),
});
export type ScheduleInput = z.output<typeof scheduleInput>;

export const endScheduleInput = z.object({ scheduleId: z.uuid() });
export type EndScheduleInput = z.output<typeof endScheduleInput>;
