"use server";

import { action } from "../core/doors.ts";
import { confirmPublished, confirmSent, sendAgain } from "../delivery/settling.ts";
import { saveDraft } from "./drafting.ts";
import { checkImport, importPosts } from "./importing.ts";
import { decideOnPost, submitPost, withdrawPost } from "./review.ts";
import { cancelPost, revisePost, schedulePost, unschedulePost } from "./scheduling.ts";
import { confirmInput, csvInput, decisionInput, draftInput, postRef, publicationRef, scheduleInput } from "./schema.ts";

export const checkImportAction = action("channel.manage", csvInput, checkImport);
export const importPostsAction = action("channel.manage", csvInput, importPosts);
export const saveDraftAction = action("post.write", draftInput, saveDraft);
export const submitPostAction = action("post.write", postRef, submitPost);
export const withdrawPostAction = action("post.write", postRef, withdrawPost);
export const decideOnPostAction = action("post.review", decisionInput, decideOnPost);
export const schedulePostAction = action("post.schedule", scheduleInput, schedulePost);
export const unschedulePostAction = action("post.schedule", postRef, unschedulePost);
export const revisePostAction = action("post.write", postRef, revisePost);
export const cancelPostAction = action("post.write", postRef, cancelPost);
export const confirmPublishedAction = action("post.settle", confirmInput, confirmPublished);
export const sendAgainAction = action("post.settle", publicationRef, sendAgain);
export const confirmCommentAction = action("post.settle", publicationRef, confirmSent);
