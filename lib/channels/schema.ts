import { z } from "zod";
import { platforms } from "../platforms/contract.ts";

export const connectInput = z
  .object({
    unitId: z.uuid(),
    platform: z.enum(platforms),
    mode: z.enum(["api", "manual"]),
    /** Page id, handle or name, as the platform calls it. */
    identifier: z.string().trim().min(1).max(200),
    /** Page token or app password; none in manual mode. */
    secret: z.string().trim().max(2000),
  })
  .refine((v) => v.mode === "manual" || v.secret.length > 0, { path: ["secret"], message: "required" });
export type ConnectInput = z.infer<typeof connectInput>;
export const channelRef = z.object({ channelId: z.uuid() });

export const consentInput = z.object({ unitId: z.uuid(), platform: z.enum(platforms), channelId: z.uuid().nullable() });
export type ConsentInput = z.infer<typeof consentInput>;
/** What a consent page sends a person back with; `code` null when he declined. */
export const consentReturn = z.object({
  platform: z.enum(platforms),
  state: z.string().min(20).max(200),
  code: z.string().min(1).max(2000).nullable(),
});
export type ConsentReturn = z.infer<typeof consentReturn>;
export const choiceInput = z.object({ attemptId: z.uuid(), remoteId: z.string().min(1).max(200) });
export const inviteAnswer = z.object({ inviteId: z.uuid(), accept: z.boolean() });
