import { z } from "zod";
import { snoozeChoices } from "./snoozing-rules.ts";

/** How many cases are changed in one go. */
export const mostAtOnce = 100;

const until = z.union([z.strictObject({ choice: z.enum(snoozeChoices) }), z.strictObject({ field: z.string().max(20) })]);

export const bulkInput = z.object({
  cases: z
    .array(z.object({ caseId: z.uuid(), revision: z.number().int().positive() }))
    .min(1)
    .max(mostAtOnce),
  change: z.discriminatedUnion("do", [
    z.object({ do: z.literal("assign"), personId: z.uuid().nullable() }),
    z.object({ do: z.literal("done") }),
    z.object({ do: z.literal("snooze"), until }),
    z.object({ do: z.literal("spam") }),
    /** Takes "done" and "snooze" back. */
    z.object({ do: z.literal("restore") }),
  ]),
});
export type BulkInput = z.infer<typeof bulkInput>;
export type BulkChange = BulkInput["change"];
