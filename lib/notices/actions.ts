"use server";

import { action } from "../core/doors.ts";
import { savePreferences, sendTrial } from "./preferring.ts";
import { countUnread } from "./queries.ts";
import { readAllNotices, readNotice } from "./reading.ts";
import { nothing, noticeRef, preferencesInput } from "./schema.ts";

export const countUnreadAction = action("today.read", nothing, async (actor) => ({ ok: true as const, count: await countUnread(actor) }));
export const readNoticeAction = action("today.read", noticeRef, readNotice);
export const readAllNoticesAction = action("today.read", noticeRef, readAllNotices);
export const savePreferencesAction = action("today.read", preferencesInput, savePreferences);
export const sendTrialAction = action("today.read", nothing, sendTrial);
