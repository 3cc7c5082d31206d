import { z } from "zod";
import { mostWeeks } from "./rules.ts";

/** `from` and `to` as their fields have them, on the unit's clock ("2026-11-30T08:00"). */
export const addShiftsInput = z.object({
  unitId: z.uuid(),
  personId: z.uuid("shift-person"),
  from: z.string(),
  to: z.string(),
  weeks: z.int("weeks-form").min(1, "weeks-form").max(mostWeeks, "weeks-form"),
});
export type AddShiftsInput = z.infer<typeof addShiftsInput>;
export const shiftRef = z.object({ shiftId: z.uuid() });
export type ShiftRef = z.infer<typeof shiftRef>;
