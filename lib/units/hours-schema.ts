import { z } from "zod";
import { type DayRange, type Hours, minuteOfDay, type Stretch, type Weekday, type WorkWindow } from "./calendar.ts";

const day = z.iso.date("day-form");
const isTime = (text: string) => {
  try {
    return minuteOfDay(text) >= 0;
  } catch {
    return false;
  }
};
const time = z.string().refine(isTime, "time-form");
const weekday = z.int().min(1).max(7) as unknown as z.ZodType<Weekday, Weekday>;
const window: z.ZodType<WorkWindow, WorkWindow> = z.object({ weekday, from: time, to: time });
const stretch: z.ZodType<Stretch, Stretch> = z.object({ from: time, to: time });
const range: z.ZodType<DayRange, DayRange> = z.object({ from: day, to: day });
const name = z.string().trim().min(1).max(80);

/** A unit's usual week and its week in Ramadan. */
export const hoursSettingsSchema: z.ZodType<Hours, Hours> = z.object({ week: z.array(window).max(42), ramadan: z.array(window).max(42) });

/** A government's own days: Ramadan, holidays beside the nation's, and days of work by exception (hours null: as usual). */
export const daysSettingsSchema = z.object({
  ramadan: z.array(range).max(40),
  holidays: z.array(z.object({ day, name })).max(400),
  workingDays: z.array(z.object({ day, name, hours: stretch.nullable() })).max(400),
});
export type DaysSettings = z.infer<typeof daysSettingsSchema>;

export const hoursInput = z.object({
  unitId: z.uuid(),
  validFrom: day,
  /** Null: from that day the unit takes over what stands above it. */
  hours: hoursSettingsSchema.nullable(),
});
export type HoursInput = z.infer<typeof hoursInput>;

export const daysInput = daysSettingsSchema.extend({ governmentId: z.uuid() });
export type DaysInput = z.infer<typeof daysInput>;
