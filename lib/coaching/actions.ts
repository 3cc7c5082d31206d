"use server";

import { action } from "../core/doors.ts";
import { agreeVerdict, finishVerdict, proposeVerdict, withdrawVerdict } from "./accounts/verdicts.ts";
import { closeCase, giveMentor, planCase } from "./cases/leading.ts";
import { keepMeeting, sealMeeting } from "./cases/meetings.ts";
import { openCase, takeCase } from "./cases/opening.ts";
import { finishReminder } from "./cases/reminding.ts";
import { addTask, dropTask, tickTask } from "./cases/tasks.ts";
import { confirmCause, tellCause } from "./causes/saying.ts";
import { countUse, keepExemplar, retireExemplar } from "./exemplars/exemplars.ts";
import {
  addTaskInput,
  attendanceInput,
  caseRef,
  closeCaseInput,
  confirmCauseInput,
  countUseInput,
  exemplarRef,
  giveMentorInput,
  keepExemplarInput,
  keepMeetingInput,
  keepTrainingInput,
  planCaseInput,
  proposeVerdictInput,
  reminderInput,
  sealMeetingInput,
  taskInput,
  taskRef,
  tellCauseInput,
  unitRef,
  verdictRef,
} from "./schema.ts";
import { keepTraining, noteAttendance } from "./training/sessions.ts";

export const tellCauseAction = action("coaching.answer", tellCauseInput, tellCause);
export const confirmCauseAction = action("coaching.read", confirmCauseInput, confirmCause);
export const takeCaseAction = action("coaching.manage", caseRef, takeCase);
export const openCaseAction = action("coaching.manage", unitRef, openCase);
export const planCaseAction = action("coaching.read", planCaseInput, planCase);
export const giveMentorAction = action("coaching.manage", giveMentorInput, giveMentor);
export const closeCaseAction = action("coaching.read", closeCaseInput, closeCase);
export const addTaskAction = action("coaching.read", addTaskInput, addTask);
export const tickTaskAction = action("coaching.read", taskInput, tickTask);
export const dropTaskAction = action("coaching.read", taskRef, dropTask);
export const keepMeetingAction = action("coaching.read", keepMeetingInput, keepMeeting);
export const sealMeetingAction = action("coaching.read", sealMeetingInput, sealMeeting);
export const finishReminderAction = action("coaching.read", reminderInput, finishReminder);

export const proposeVerdictAction = action("coaching.manage", proposeVerdictInput, proposeVerdict);
export const agreeVerdictAction = action("coaching.answer", verdictRef, agreeVerdict);
export const finishVerdictAction = action("coaching.manage", verdictRef, finishVerdict);
export const withdrawVerdictAction = action("coaching.manage", verdictRef, withdrawVerdict);

export const keepTrainingAction = action("coaching.manage", keepTrainingInput, keepTraining);
export const noteAttendanceAction = action("coaching.manage", attendanceInput, noteAttendance);

export const keepExemplarAction = action("coaching.manage", keepExemplarInput, keepExemplar);
export const retireExemplarAction = action("coaching.manage", exemplarRef, retireExemplar);
export const countUseAction = action("post.write", countUseInput, countUse);
