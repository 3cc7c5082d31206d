"use server";

import { action } from "../core/doors.ts";
import { flowInput, gatesInput } from "./schema.ts";
import { saveFlow, saveGates } from "./settings.ts";

export const saveFlowAction = action("approval.manage", flowInput, saveFlow);
export const saveGatesAction = action("approval.manage", gatesInput, saveGates);
