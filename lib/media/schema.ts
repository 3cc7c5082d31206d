import { z } from "zod";
import { platforms } from "../platforms/contract.ts";
import { mediaKinds } from "./kinds.ts";

export const fitInput = z.object({ mediaId: z.uuid(), platforms: z.array(z.enum(platforms)).min(1).max(9), how: z.enum(["crop", "pad"]) });
export type FitInput = z.infer<typeof fitInput>;

export const pickInput = z.object({
  unitId: z.uuid(),
  search: z.string().trim().max(100),
  kind: z.enum(mediaKinds),
  /** The last one that is known already; null for the newest. */
  after: z.uuid().nullable(),
});
export type PickInput = z.infer<typeof pickInput>;

export const describeInput = z.object({ mediaId: z.uuid(), alt: z.string().trim().max(1000) });
export type DescribeInput = z.infer<typeof describeInput>;

export const archiveInput = z.object({ mediaId: z.uuid(), archived: z.boolean() });
export type ArchiveInput = z.infer<typeof archiveInput>;
