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
