import { z } from "zod";
import { requestOutcomes, waysToGet } from "./rules.ts";

const line = (limit: number) => z.string().trim().max(limit);
/** The form of a request, as far as it is filled in. */
export const requestForm = z.object({
  name: line(150),
  address: line(400),
  contact: line(150),
  information: line(4000),
  purpose: line(2000),
  way: z.union([z.literal(""), z.enum(waysToGet)]),
});
export type RequestForm = z.infer<typeof requestForm>;

/** `revision` 0: nothing was kept yet. */
export const keepRequestInput = z.object({ caseId: z.uuid(), revision: z.number().int().min(0), form: requestForm });
export type KeepRequestInput = z.infer<typeof keepRequestInput>;
const ref = z.object({ requestId: z.uuid(), revision: z.number().int().positive() });
export const registerRequestInput = ref.extend({ number: line(60).min(1), day: z.iso.date("day-form") });
export type RegisterRequestInput = z.infer<typeof registerRequestInput>;
export const extendRequestInput = ref.extend({ reason: line(1000).min(10, "reason-short") });
export type ExtendRequestInput = z.infer<typeof extendRequestInput>;
export const closeRequestInput = ref
  .extend({ outcome: z.enum(requestOutcomes), note: line(2000) })
  .refine(({ outcome, note }) => outcome !== "refused" || note.length >= 10, { path: ["note"], message: "legal-ground" });
export type CloseRequestInput = z.infer<typeof closeRequestInput>;
