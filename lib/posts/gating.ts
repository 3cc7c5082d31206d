/** What of a post stands behind a gate, and who opened it. Pure. */

import { z } from "zod";
import { type GateHit, type GateSettings, gatesOf } from "../approvals/gates.ts";
import type { PostContent } from "./content.ts";

const overridesSchema = z.array(
  z.object({
    kind: z.enum(["banned", "candidate"]),
    term: z.string(),
    personId: z.uuid(),
    reason: z.string(),
    at: z.string(),
    /** The content that was before the person: an override covers no other. */
    digest: z.string(),
  }),
);
export type Override = z.infer<typeof overridesSchema>[number];
export const readOverrides = (kept: unknown): Override[] => overridesSchema.parse(kept);

export type PostText = { place: "title" | "main" | "version" | "comment" | "alt"; channelId: string | null; text: string };
export type PostHit = GateHit & Pick<PostText, "place" | "channelId">;

/** Every text of a post that a citizen can read. */
export function textsOf({ title, text, channels, media }: PostContent): PostText[] {
  return [
    { place: "title" as const, channelId: null, text: title ?? "" },
    { place: "main" as const, channelId: null, text },
    ...channels.flatMap((c) => [
      { place: "version" as const, channelId: c.channelId, text: c.text ?? "" },
      { place: "comment" as const, channelId: c.channelId, text: c.firstComment ?? "" },
    ]),
    ...media.map((file) => ({ place: "alt" as const, channelId: null, text: file.alt })),
  ].filter((one) => one.text !== "");
}

export const hitsOf = (content: PostContent, settings: GateSettings): PostHit[] =>
  textsOf(content).flatMap(({ place, channelId, text }) => gatesOf(text, settings).map((hit) => ({ ...hit, place, channelId })));

export type Gate = Pick<GateHit, "kind" | "term">;
const isSame = (a: Gate, b: Gate) => a.kind === b.kind && a.term === b.term;

/** The gates of a post, each once, with the override that opens it for exactly this content. */
export function gatesFound(hits: readonly PostHit[], overrides: readonly Override[], digest: string) {
  const gates = hits.filter((hit, index) => hits.findIndex((other) => isSame(other, hit)) === index);
  return gates.map(({ kind, term }) => ({
    kind,
    term,
    override: overrides.find((one) => isSame(one, { kind, term }) && one.digest === digest) ?? null,
  }));
}
