import { z } from "zod";
import { laporCategories, laporStates } from "./rules.ts";

const day = z.iso.date("day-form");

/** What lapor.go.id asks for; `happenedOn` is a local day or empty. */
export const laporForm = z.object({
  title: z.string().trim().min(1).max(200),
  body: z.string().trim().min(1).max(8000),
  place: z.string().trim().max(300),
  happenedOn: z.union([z.literal(""), day]),
  agency: z.string().trim().min(1).max(200),
  attachments: z.string().trim().max(1000),
});
export type LaporForm = z.infer<typeof laporForm>;

/** `revision` 0: none was prepared yet. */
export const keepLaporInput = z.object({
  caseId: z.uuid(),
  revision: z.number().int().min(0),
  category: z.enum(laporCategories),
  form: laporForm,
});
export type KeepLaporInput = z.infer<typeof keepLaporInput>;

export const stepLaporInput = z.object({
  ticketId: z.uuid(),
  revision: z.number().int().positive(),
  to: z.enum(laporStates),
  day,
  number: z.string().trim().max(60),
});
export type StepLaporInput = z.infer<typeof stepLaporInput>;
