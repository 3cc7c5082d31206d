/** Brings two revisions of a whole draft together, field by field. Pure. */

import { mergeTexts, type Piece } from "./merging.ts";
import type { DraftInput } from "./schema.ts";

const plainFields = [
  "title",
  "link",
  "pillar",
  "source",
  "sourceLink",
  "sourceDocument",
  "publishAt",
  "firstComment",
  "collaborators",
  "tags",
] as const;
type PlainField = (typeof plainFields)[number];
export type MergeableDraft = Pick<Required<DraftInput>, PlainField | "text" | "channels" | "media">;

/** What a side has there. `undefined`: a channel that it does not serve, a file that it does not show. */
type Value = string | null | undefined | readonly string[];
/**
 * `field` is the draft's own, or `channel.ID`, `media.ID` (the alternative text, or whether the file is shown) and `media` (the
 * order of files, as ids). A text that both changed comes in pieces.
 */
export type DraftConflict = { field: string; pieces: Piece[] } | { field: string; mine: Value; theirs: Value };

/**
 * Merges two drafts that began as `base`: a change of one side wins, the same change of both is one, and where they differ
 * `draft` holds mine and `conflicts` both. What one side removed while the other changed it stays.
 */
export function mergeDrafts(
  base: MergeableDraft,
  mine: MergeableDraft,
  theirs: MergeableDraft,
): { draft: MergeableDraft; conflicts: DraftConflict[] } {
  const conflicts: DraftConflict[] = [];
  const pick = <T extends Value>(field: string, was: T, ours: T, others: T): T => {
    if (same(ours, others) || same(others, was)) return ours;
    if (same(ours, was)) return others;
    conflicts.push({ field, mine: ours, theirs: others });
    return ours;
  };
  const text = <T extends string | null | undefined>(field: string, was: T, ours: T, others: T): T => {
    if (typeof ours !== "string" || typeof others !== "string" || ours === others) return pick(field, was, ours, others);
    const merged = mergeTexts(was ?? "", ours, others);
    if ("clean" in merged) return merged.clean as T;
    conflicts.push({ field, pieces: merged.conflicts });
    return ours;
  };

  const merged: MergeableDraft = { ...mine };
  for (const field of plainFields) Object.assign(merged, { [field]: pick(field, base[field], mine[field], theirs[field]) });
  merged.text = text("text", base.text, mine.text, theirs.text);
  merged.channels = mergeRows([base.channels, mine.channels, theirs.channels], {
    id: (row) => row.channelId,
    value: (row) => row.text,
    merge: (id, was, ours, others) => text(`channel.${id}`, was, ours, others),
  }).map(([channelId, value]) => ({ channelId, text: value }));
  const alts = mergeRows([base.media, mine.media, theirs.media], {
    id: (row) => row.mediaId,
    value: (row) => row.alt,
    merge: (id, was, ours, others) => pick(`media.${id}`, was, ours, others),
  });
  const order = mergeOrder(
    ...([base, mine, theirs].map((draft) => draft.media.map((row) => row.mediaId)) as [string[], string[], string[]]),
  );
  if (order.conflict) conflicts.push({ field: "media", mine: order.mine, theirs: order.theirs });
  merged.media = sortedBy(
    alts.map(([mediaId, alt]) => ({ mediaId, alt })),
    order.ids,
  );
  return { draft: merged, conflicts };
}

const same = (a: Value, b: Value) => JSON.stringify(a) === JSON.stringify(b);

/** Rows by their ids: each one's value merged, `undefined` where a side has no such row. Mine come first, in my order. */
function mergeRows<Row, T extends string | null>(
  [base, mine, theirs]: readonly [readonly Row[], readonly Row[], readonly Row[]],
  {
    id,
    value,
    merge,
  }: {
    id: (row: Row) => string;
    value: (row: Row) => T;
    merge: (id: string, was: T | undefined, ours: T | undefined, others: T | undefined) => T | undefined;
  },
): [id: string, value: T][] {
  const [was, ours, others] = [base, mine, theirs].map((rows) => new Map(rows.map((row) => [id(row), value(row)])));
  const kept: [string, T][] = [];
  for (const key of new Set([...ours!.keys(), ...others!.keys()])) {
    const merged = merge(key, was!.get(key), ours!.get(key), others!.get(key));
    // Removed here and changed there is a conflict: what was changed stays until somebody decides.
    const found = merged === undefined && others!.has(key) && others!.get(key) !== was!.get(key) ? others!.get(key) : merged;
    if (found !== undefined) kept.push([key, found]);
  }
  return kept;
}

type Order = { conflict: boolean; ids: string[]; mine: string[]; theirs: string[] };

/** The order of what both sides show: the one that was changed; mine where both changed it, and then it is a conflict. */
function mergeOrder(base: string[], mine: string[], theirs: string[]): Order {
  const among = (ids: string[], others: string[]) => ids.filter((id) => others.includes(id));
  const [ofMine, ofTheirs] = [among(mine, theirs), among(theirs, mine)];
  if (same(ofMine, ofTheirs)) return { conflict: false, ids: interleaved(mine, theirs), mine, theirs };
  const moved = (ids: string[]) => !same(among(ids, base), among(base, ids));
  if (!moved(mine)) return { conflict: false, ids: interleaved(theirs, mine), mine, theirs };
  return { conflict: moved(theirs), ids: interleaved(mine, theirs), mine, theirs };
}

/** The first list, with what only the second has put after its neighbour there. */
function interleaved(first: string[], second: string[]): string[] {
  const ids = [...first];
  for (const [index, id] of second.entries()) {
    if (ids.includes(id)) continue;
    ids.splice(index === 0 ? 0 : ids.indexOf(second[index - 1]!) + 1, 0, id);
  }
  return ids;
}

const sortedBy = <T extends { mediaId: string }>(rows: T[], ids: string[]) =>
  rows.sort((a, b) => ids.indexOf(a.mediaId) - ids.indexOf(b.mediaId));
