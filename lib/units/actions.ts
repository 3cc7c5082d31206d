"use server";

import { action } from "../core/doors.ts";
import { daysInput, hoursInput } from "./hours-schema.ts";
import { saveDays, saveHours } from "./hours-settings.ts";

export const saveHoursAction = action("hours.manage", hoursInput, saveHours);
export const saveDaysAction = action("hours.manage", daysInput, saveDays);
