import { z } from "zod";
import { topics } from "./topic-rules.ts";

/** `topic` null: nobody can tell. */
export const topicInput = z.object({ caseId: z.uuid(), revision: z.number().int().positive(), topic: z.enum(topics).nullable() });
export type TopicInput = z.infer<typeof topicInput>;
export const takeCrisisInput = z.object({ alertId: z.uuid() });
export type TakeCrisis = z.infer<typeof takeCrisisInput>;
export const closeCrisisInput = z.object({
  alertId: z.uuid(),
  /** It was none. */
  falseAlarm: z.boolean(),
  note: z.string().trim().min(1, "crisis-note-empty").max(2000),
});
export type CloseCrisis = z.infer<typeof closeCrisisInput>;
