"use server";

import { action } from "../core/doors.ts";
import { confirmSent } from "../delivery/settling.ts";
import { answerCase } from "./answering.ts";
import { targetsInput } from "./deadlines-schema.ts";
import { saveTargets } from "./deadlines-settings.ts";
import { acceptReferral, bounceReferral, decideReferral, deliverReferral, referCase, withdrawReferral } from "./referring.ts";
import {
  answerInput,
  assignInput,
  bounceInput,
  caseRef,
  decideReferralInput,
  deliverInput,
  kindInput,
  noteInput,
  referInput,
  referralRef,
  replyRef,
} from "./schema.ts";
import { addNote, assignCase, correctKind, finishCase, reopenCase } from "./working.ts";

export const answerCaseAction = action("inbox.work", answerInput, answerCase);
export const finishCaseAction = action("inbox.work", caseRef, finishCase);
export const reopenCaseAction = action("inbox.work", caseRef, reopenCase);
export const assignCaseAction = action("inbox.work", assignInput, assignCase);
export const correctKindAction = action("inbox.work", kindInput, correctKind);
export const addNoteAction = action("inbox.work", noteInput, addNote);
export const referCaseAction = action("inbox.work", referInput, referCase);
export const acceptReferralAction = action("inbox.work", referralRef, acceptReferral);
export const bounceReferralAction = action("inbox.work", bounceInput, bounceReferral);
export const deliverReferralAction = action("inbox.work", deliverInput, deliverReferral);
export const withdrawReferralAction = action("inbox.work", referralRef, withdrawReferral);
export const decideReferralAction = action("referral.decide", decideReferralInput, decideReferral);
export const confirmSentAction = action("post.settle", replyRef, confirmSent);
export const saveTargetsAction = action("hours.manage", targetsInput, saveTargets);
