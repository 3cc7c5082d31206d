"use server";

import { action } from "../core/doors.ts";
import { beginPause } from "../delivery/pausing.ts";
import { confirmPublished, confirmSent, giveUp, sendAgain } from "../delivery/settling.ts";
import { listCorrectable, markCorrection } from "./correcting.ts";
import { keepDraft } from "./drafting.ts";
import { findDuplicates } from "./duplicates.ts";
import { markEmergencySeen, publishEmergency } from "./emergency.ts";
import { listMentions } from "./mentions.ts";
import { archivePiece, keepPiece, listPieces } from "./pieces.ts";
import { checkPlan, importPlan } from "./plan-importing.ts";
import { changeMany, moveTo } from "./planning.ts";
import { attendDraft } from "./presence.ts";
import { addRemark, resolveRemark } from "./remarks.ts";
import { endPause } from "./resuming.ts";
import { decideOnPost, overrideGates, submitPost, withdrawPost } from "./review.ts";
import { cancelPost, revisePost, schedulePost, unschedulePost } from "./scheduling.ts";
import {
  bulkInput,
  changeSeriesInput,
  confirmInput,
  correctableInput,
  correctionInput,
  decisionInput,
  draftInput,
  draftRef,
  duplicatesInput,
  emergencyInput,
  endPauseInput,
  keepPieceInput,
  listPiecesInput,
  mentionsInput,
  moveInput,
  overrideInput,
  pauseInput,
  pieceRef,
  planInput,
  postRef,
  publicationRef,
  remarkInput,
  remarkRef,
  scheduleInput,
  seenInput,
  seriesInput,
} from "./schema.ts";
import { beginSeries, changeSeries, previewSeries } from "./series.ts";

export const checkPlanAction = action("post.write", planInput, checkPlan);
export const importPlanAction = action("post.write", planInput, importPlan);
export const saveDraftAction = action("post.write", draftInput, keepDraft);
export const attendDraftAction = action("post.write", draftRef, attendDraft);
export const findDuplicatesAction = action("post.write", duplicatesInput, findDuplicates);
export const listPiecesAction = action("post.write", listPiecesInput, listPieces);
export const keepPieceAction = action("post.write", keepPieceInput, keepPiece);
export const archivePieceAction = action("post.write", pieceRef, archivePiece);
export const submitPostAction = action("post.write", postRef, submitPost);
export const withdrawPostAction = action("post.write", postRef, withdrawPost);
export const decideOnPostAction = action("post.review", decisionInput, decideOnPost);
export const overrideGatesAction = action("post.review", overrideInput, overrideGates);
export const addRemarkAction = action("post.review", remarkInput, addRemark);
export const resolveRemarkAction = action("post.write", remarkRef, resolveRemark);
export const publishEmergencyAction = action("post.write", emergencyInput, publishEmergency);
export const markEmergencySeenAction = action("post.review", seenInput, markEmergencySeen);
export const schedulePostAction = action("post.schedule", scheduleInput, schedulePost);
export const moveToAction = action("post.schedule", moveInput, moveTo);
export const changeManyAction = action("post.schedule", bulkInput, changeMany);
export const unschedulePostAction = action("post.schedule", postRef, unschedulePost);
export const revisePostAction = action("post.write", postRef, revisePost);
export const cancelPostAction = action("post.write", postRef, cancelPost);
export const confirmPublishedAction = action("post.settle", confirmInput, confirmPublished);
export const sendAgainAction = action("post.settle", publicationRef, sendAgain);
export const giveUpAction = action("post.settle", publicationRef, giveUp);
export const beginPauseAction = action("schedule.pause", pauseInput, beginPause);
export const endPauseAction = action("schedule.pause", endPauseInput, endPause);
export const confirmCommentAction = action("post.settle", publicationRef, confirmSent);
export const previewSeriesAction = action("post.write", seriesInput, previewSeries);
export const beginSeriesAction = action("post.write", seriesInput, beginSeries);
export const changeSeriesAction = action("post.write", changeSeriesInput, changeSeries);
export const listMentionsAction = action("post.write", mentionsInput, listMentions);
export const listCorrectableAction = action("post.write", correctableInput, listCorrectable);
export const markCorrectionAction = action("post.write", correctionInput, markCorrection);
