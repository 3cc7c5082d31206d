"use server";

import { z } from "zod";
import { action } from "../core/doors.ts";
import { requestRecompute } from "./recompute.ts";

export const requestRecomputeAction = action("score.recompute", z.object({}), (actor) => requestRecompute(actor));
