"use server";

import { action } from "../core/doors.ts";
import { confirmSent } from "../delivery/settling.ts";
import { targetsInput } from "./deadlines/schema.ts";
import { saveTargets } from "./deadlines/settings.ts";
import { stopWaiting, waitForCitizen } from "./deadlines/waiting.ts";
import { letGo, readAgain } from "./intake/unread.ts";
import { keepLapor, stepLapor } from "./lapor/filing.ts";
import { keepLaporInput, stepLaporInput } from "./lapor/schema.ts";
import { decideModeration, orderModeration, withdrawModeration } from "./moderation/moderating.ts";
import { moderationDecisionInput, moderationInput, moderationRef } from "./moderation/schema.ts";
import { closeRequest, extendRequest, keepRequest, registerRequest } from "./ppid/requesting.ts";
import { closeRequestInput, extendRequestInput, keepRequestInput, registerRequestInput } from "./ppid/schema.ts";
import { acceptReferral, bounceReferral, decideReferral, deliverReferral, referCase, withdrawReferral } from "./referrals/referring.ts";
import { answerCase } from "./replies/answering.ts";
import { replyApprovalInput, replyDecisionInput, replyWithdrawInput } from "./replies/approval-schema.ts";
import { saveReplyApproval } from "./replies/approving.ts";
import { attendCase, keepReplyDraft } from "./replies/attending.ts";
import { archiveCanned, keepCanned } from "./replies/canned.ts";
import { decideReply, withdrawReply } from "./replies/deciding.ts";
import { addShifts, removeShift } from "./roster/planning.ts";
import { addShiftsInput, shiftRef } from "./roster/schema.ts";
import {
  answerInput,
  assignInput,
  attendInput,
  bounceInput,
  cannedRef,
  caseRef,
  decideReferralInput,
  deliverInput,
  draftInput,
  keepCannedInput,
  kindInput,
  markInput,
  noteInput,
  referInput,
  referralRef,
  replyRef,
  unreadRef,
} from "./schema.ts";
import { correctTopic } from "./topics/correcting.ts";
import { closeCrisis, takeCrisis } from "./topics/crises.ts";
import { closeCrisisInput, takeCrisisInput, topicInput } from "./topics/schema.ts";
import { assignmentInput } from "./work/assigning-schema.ts";
import { saveAssignment } from "./work/assigning-settings.ts";
import { changeCases } from "./work/bulk.ts";
import { bulkInput } from "./work/bulk-schema.ts";
import { correctKind, markCase } from "./work/correcting.ts";
import { addNote, assignCase, finishCase, reopenCase } from "./work/working.ts";

export const answerCaseAction = action("inbox.work", answerInput, answerCase);
export const finishCaseAction = action("inbox.work", caseRef, finishCase);
export const reopenCaseAction = action("inbox.work", caseRef, reopenCase);
export const assignCaseAction = action("inbox.work", assignInput, assignCase);
export const correctKindAction = action("inbox.work", kindInput, correctKind);
export const markCaseAction = action("inbox.work", markInput, markCase);
export const readAgainAction = action("channel.manage", unreadRef, readAgain);
export const letGoAction = action("channel.manage", unreadRef, letGo);
export const waitForCitizenAction = action("inbox.work", caseRef, waitForCitizen);
export const stopWaitingAction = action("inbox.work", caseRef, stopWaiting);
export const addNoteAction = action("inbox.work", noteInput, addNote);
export const changeCasesAction = action("inbox.work", bulkInput, changeCases);
export const saveAssignmentAction = action("approval.manage", assignmentInput, saveAssignment);
export const referCaseAction = action("inbox.work", referInput, referCase);
export const acceptReferralAction = action("inbox.work", referralRef, acceptReferral);
export const bounceReferralAction = action("inbox.work", bounceInput, bounceReferral);
export const deliverReferralAction = action("inbox.work", deliverInput, deliverReferral);
export const withdrawReferralAction = action("inbox.work", referralRef, withdrawReferral);
export const decideReferralAction = action("referral.decide", decideReferralInput, decideReferral);
export const decideReplyAction = action("post.review", replyDecisionInput, decideReply);
export const withdrawReplyAction = action("inbox.work", replyWithdrawInput, withdrawReply);
export const saveReplyApprovalAction = action("approval.manage", replyApprovalInput, saveReplyApproval);
export const attendCaseAction = action("inbox.read", attendInput, attendCase);
export const keepReplyDraftAction = action("inbox.work", draftInput, keepReplyDraft);
export const keepCannedAction = action("inbox.work", keepCannedInput, keepCanned);
export const archiveCannedAction = action("inbox.work", cannedRef, archiveCanned);
export const confirmSentAction = action("post.settle", replyRef, confirmSent);
export const saveTargetsAction = action("hours.manage", targetsInput, saveTargets);
export const keepLaporAction = action("inbox.work", keepLaporInput, keepLapor);
export const stepLaporAction = action("inbox.work", stepLaporInput, stepLapor);
export const keepRequestAction = action("ppid.manage", keepRequestInput, keepRequest);
export const registerRequestAction = action("ppid.manage", registerRequestInput, registerRequest);
export const extendRequestAction = action("ppid.manage", extendRequestInput, extendRequest);
export const closeRequestAction = action("ppid.manage", closeRequestInput, closeRequest);
export const addShiftsAction = action("inbox.work", addShiftsInput, addShifts);
export const removeShiftAction = action("inbox.work", shiftRef, removeShift);
export const orderModerationAction = action("inbox.work", moderationInput, orderModeration);
export const decideModerationAction = action("moderation.decide", moderationDecisionInput, decideModeration);
export const withdrawModerationAction = action("inbox.work", moderationRef, withdrawModeration);
export const correctTopicAction = action("inbox.work", topicInput, correctTopic);
export const takeCrisisAction = action("crisis.handle", takeCrisisInput, takeCrisis);
export const closeCrisisAction = action("crisis.handle", closeCrisisInput, closeCrisis);
