"use server";

import { action } from "../core/doors.ts";
import { confirmSent } from "../delivery/settling.ts";
import { answerCase } from "./answering.ts";
import { targetsInput } from "./deadlines-schema.ts";
import { saveTargets } from "./deadlines-settings.ts";
import { answerInput, assignInput, caseRef, kindInput, noteInput, replyRef } from "./schema.ts";
import { addNote, assignCase, correctKind, finishCase, reopenCase } from "./working.ts";

export const answerCaseAction = action("inbox.work", answerInput, answerCase);
export const finishCaseAction = action("inbox.work", caseRef, finishCase);
export const reopenCaseAction = action("inbox.work", caseRef, reopenCase);
export const assignCaseAction = action("inbox.work", assignInput, assignCase);
export const correctKindAction = action("inbox.work", kindInput, correctKind);
export const addNoteAction = action("inbox.work", noteInput, addNote);
export const confirmSentAction = action("post.settle", replyRef, confirmSent);
export const saveTargetsAction = action("hours.manage", targetsInput, saveTargets);
