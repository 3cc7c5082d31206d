import { diffWordsWithSpace } from "diff";
import type { PostContent } from "./content.ts";

export type Change = { kind: "same" | "added" | "removed"; text: string };

/** What changed from one text to the next, word by word, in reading order. Texts beyond 20,000 characters show as new. */
export function changesBetween(before: string, after: string): Change[] {
  if (before.length + after.length > 40_000) return [{ kind: "added", text: after }];
  return diffWordsWithSpace(before, after).map((part) => ({
    kind: part.added ? "added" : part.removed ? "removed" : "same",
    text: part.value,
  }));
}

export const contentParts = ["title", "versions", "link", "files", "firstComment", "collaborators", "channels", "source"] as const;
export type ContentPart = (typeof contentParts)[number];

/** Which parts beside the main text differ between two states of a post. A state kept before a part existed has nothing there. */
export function changedParts(before: PostContent, after: PostContent): ContentPart[] {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  return contentParts.filter((part) => JSON.stringify(old[part]) !== JSON.stringify(fresh[part]));
}

const partsOf = ({ title, link, source, sourceLink, sourceDocument, channels, media }: PostContent): Record<ContentPart, unknown> => ({
  title: title ?? null,
  link,
  source: [source, sourceLink ?? null, sourceDocument ?? null],
  versions: channels.map((c) => [c.channelId, c.text]).filter(([, text]) => text !== null),
  files: media.map((file) => [file.digest, file.alt]),
  firstComment: channels.map((c) => [c.channelId, c.firstComment ?? null]).filter(([, text]) => text !== null),
  collaborators: channels.flatMap((c) => (c.collaborators?.length ? [[c.channelId, c.collaborators]] : [])),
  channels: channels.map((c) => c.channelId),
});
