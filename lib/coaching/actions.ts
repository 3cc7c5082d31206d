"use server";

import { action } from "../core/doors.ts";
import { closeCase, giveMentor, planCase } from "./cases/leading.ts";
import { keepMeeting, sealMeeting } from "./cases/meetings.ts";
import { openCase, takeCase } from "./cases/opening.ts";
import { finishReminder } from "./cases/reminding.ts";
import { addTask, dropTask, tickTask } from "./cases/tasks.ts";
import { confirmCause, tellCause } from "./causes/saying.ts";
import {
  addTaskInput,
  caseRef,
  closeCaseInput,
  confirmCauseInput,
  giveMentorInput,
  keepMeetingInput,
  planCaseInput,
  reminderInput,
  sealMeetingInput,
  taskInput,
  taskRef,
  tellCauseInput,
  unitRef,
} from "./schema.ts";

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
