import { z } from "zod";
import { locales } from "../core/text.ts";
import { categories, mailHabits } from "./types.ts";

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time-form");

export const preferencesInput = z.object({
  habits: z.record(z.enum(categories), z.enum(mailHabits)),
  /** Null: no quiet hours. */
  quiet: z
    .object({ from: time, to: time })
    .refine(({ from, to }) => from !== to, "quiet-same")
    .nullable(),
  digestAt: time,
  locale: z.enum(locales),
});
export type PreferencesInput = z.infer<typeof preferencesInput>;

export const noticeRef = z.object({ noticeId: z.uuid() });
export const nothing = z.object({});
