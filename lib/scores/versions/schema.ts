import { z } from "zod";

/** The numbers themselves are read by `scoreSettingsProblems`, which knows what people call them. */
export const scoreSettingsInput = z.object({ unitId: z.uuid(), validFrom: z.iso.date(), payload: z.unknown() });
export type ScoreSettingsInput = z.infer<typeof scoreSettingsInput>;

export const previewInput = z.object({ unitId: z.uuid(), payload: z.unknown() });
export type PreviewInput = z.infer<typeof previewInput>;
