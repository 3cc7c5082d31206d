import { z } from "zod";
import { verdicts } from "./accounts/verdict-rules.ts";
import { causes, toldCauses } from "./causes/cause-rules.ts";
import { meetingModes, outcomes, reminderWeeks, targetLevels } from "./rules.ts";

const words = (limit: number) => z.string().trim().max(limit);
const said = (limit: number) => words(limit).min(1);
const day = z.iso.date();
const ref = { caseId: z.uuid(), revision: z.int() };

export const unitRef = z.object({ unitId: z.uuid() });
export const caseRef = z.object(ref);

const wordsForOther = <S extends z.ZodObject<{ cause: z.ZodType; words: z.ZodType }>>(schema: S) =>
  schema.refine(({ cause, words: told }) => cause !== "other" || told !== "", { path: ["words"], message: "required" });
export const tellCauseInput = wordsForOther(z.object({ unitId: z.uuid(), cause: z.enum(toldCauses), words: words(1000) }));
export type TellCauseInput = z.output<typeof tellCauseInput>;
export const confirmCauseInput = wordsForOther(z.object({ unitId: z.uuid(), cause: z.enum(causes), words: words(1000) }));
export type ConfirmCauseInput = z.output<typeof confirmCauseInput>;

export const planCaseInput = z.object({
  ...ref,
  plan: words(4000),
  targetLevel: z.enum(targetLevels),
  targetPosts: z.int().min(1, "posts-range").max(50, "posts-range"),
  endsOn: day,
});
export type PlanCaseInput = z.output<typeof planCaseInput>;
export const giveMentorInput = z.object({ ...ref, mentorId: z.uuid() });
export type GiveMentorInput = z.output<typeof giveMentorInput>;
export const closeCaseInput = z.object({ ...ref, outcome: z.enum(outcomes), note: words(2000) });
export type CloseCaseInput = z.output<typeof closeCaseInput>;

export const addTaskInput = z.object({ caseId: z.uuid(), text: said(300), dueOn: day.nullable() });
export type AddTaskInput = z.output<typeof addTaskInput>;
export const taskInput = z.object({ taskId: z.uuid(), done: z.boolean() });
export type TaskInput = z.output<typeof taskInput>;
export const taskRef = z.object({ taskId: z.uuid() });

export const keepMeetingInput = z.object({
  caseId: z.uuid(),
  /** Null: a new one. */
  meetingId: z.uuid().nullable(),
  revision: z.int(),
  heldAt: z.iso.datetime({ offset: true }),
  mode: z.enum(meetingModes),
  place: said(200),
  attendees: said(1000),
  minutes: said(8000),
  agreed: said(4000),
});
export type KeepMeetingInput = z.output<typeof keepMeetingInput>;
export const sealMeetingInput = z.object({ meetingId: z.uuid(), revision: z.int(), number: said(60) });
export type SealMeetingInput = z.output<typeof sealMeetingInput>;

export const reminderInput = z.object({ caseId: z.uuid(), week: z.literal([...reminderWeeks]), note: words(500) });
export type ReminderInput = z.output<typeof reminderInput>;

export const proposeVerdictInput = z.object({
  channelId: z.uuid(),
  verdict: z.enum(verdicts),
  /** For a merger alone. */
  intoChannelId: z.uuid().nullable(),
  reason: said(500),
});
export type ProposeVerdictInput = z.output<typeof proposeVerdictInput>;
export const verdictRef = z.object({ verdictId: z.uuid(), revision: z.int() });
export type VerdictRef = z.output<typeof verdictRef>;

const link = z.url({ protocol: /^https?$/, error: "link-form" }).max(500);
const material = z.union([z.object({ name: said(120), url: link }), z.object({ name: said(120), mediaId: z.uuid() })]);
export type Material = z.output<typeof material>;
export const keepTrainingInput = z.object({
  /** Null: a new one. */
  sessionId: z.uuid().nullable(),
  revision: z.int(),
  governmentId: z.uuid(),
  title: said(150),
  heldAt: z.iso.datetime({ offset: true }),
  place: said(200),
  speaker: said(200),
  summary: words(4000),
  materials: z.array(material).max(20),
});
export type KeepTrainingInput = z.output<typeof keepTrainingInput>;
export const attendanceInput = z.object({ sessionId: z.uuid(), unitId: z.uuid(), names: words(1000) });
export type AttendanceInput = z.output<typeof attendanceInput>;

export const keepExemplarInput = z.object({ unitId: z.uuid(), title: said(120), url: link, why: said(600), text: said(3000) });
export type KeepExemplarInput = z.output<typeof keepExemplarInput>;
export const exemplarRef = z.object({ exemplarId: z.uuid() });
export const countUseInput = z.object({ exemplarId: z.uuid(), unitId: z.uuid() });
