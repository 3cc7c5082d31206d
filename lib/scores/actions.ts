"use server";

import { z } from "zod";
import { action } from "../core/doors.ts";
import { choosePrimary } from "./cases/choosing-primary.ts";
import { correctPost } from "./cases/correcting.ts";
import { decideObjection } from "./cases/deciding.ts";
import { excuseDays, revokeExcuse } from "./cases/excusing.ts";
import { fileObjection, withdrawObjection } from "./cases/objecting.ts";
import {
  accountRef,
  correctPostInput,
  decideObjectionInput,
  excuseInput,
  fileObjectionInput,
  revokeExcuseInput,
  withdrawObjectionInput,
} from "./cases/schema.ts";
import { requestRecompute } from "./recompute.ts";
import { previewInput, scoreSettingsInput } from "./versions/schema.ts";
import { saveScoreSettings, tryScoreSettings } from "./versions/setting.ts";

export const requestRecomputeAction = action("score.recompute", z.object({}), (actor) => requestRecompute(actor));
export const choosePrimaryAction = action("score.correct", accountRef, choosePrimary);
export const correctPostAction = action("score.correct", correctPostInput, correctPost);
export const excuseDaysAction = action("score.excuse", excuseInput, excuseDays);
export const revokeExcuseAction = action("score.excuse", revokeExcuseInput, revokeExcuse);
export const fileObjectionAction = action("objection.file", fileObjectionInput, fileObjection);
export const decideObjectionAction = action("objection.decide", decideObjectionInput, decideObjection);
export const withdrawObjectionAction = action("objection.file", withdrawObjectionInput, withdrawObjection);
export const saveScoreSettingsAction = action("score.set", scoreSettingsInput, saveScoreSettings);
export const tryScoreSettingsAction = action("score.set", previewInput, tryScoreSettings);
