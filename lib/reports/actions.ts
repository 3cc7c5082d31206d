"use server";

import { action } from "../core/doors.ts";
import { askForFiles, createReport, finaliseReport, newVersion, refreshFigures, saveReport } from "./drafting.ts";
import { letterheadInput } from "./letterhead/schema.ts";
import { saveLetterhead } from "./letterhead/settings.ts";
import { retryRun, startRun } from "./runs.ts";
import { endSchedule, planReports } from "./scheduling.ts";
import { createInput, endScheduleInput, reportInput, retryInput, runInput, saveInput, scheduleInput } from "./schema.ts";

export const createReportAction = action("report.make", createInput, createReport);
export const askForFilesAction = action("report.make", reportInput, askForFiles);
export const saveReportAction = action("report.make", saveInput, saveReport);
export const refreshFiguresAction = action("report.make", reportInput, refreshFigures);
export const finaliseReportAction = action("report.make", reportInput, finaliseReport);
export const newVersionAction = action("report.make", reportInput.pick({ reportId: true }), newVersion);
export const saveLetterheadAction = action("approval.manage", letterheadInput, saveLetterhead);
export const startRunAction = action("report.make", runInput, startRun);
export const retryRunAction = action("report.make", retryInput, retryRun);
export const planReportsAction = action("report.make", scheduleInput, planReports);
export const endScheduleAction = action("report.make", endScheduleInput, endSchedule);
