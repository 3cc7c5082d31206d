/** What became of the messages of a thread and how they stand to each other. Pure. */

export type Told = { id: string; remoteId: string; parentRemoteId: string | null; text: string; at: Date; authorName: string };
export type Change = { messageId: string; kind: "edited" | "removed"; text: string | null; at: Date };

/** Words that stood there before, with the instant from which they did. */
export type Earlier = { text: string; at: Date };
export type Worded = { text: string; earlier: Earlier[]; editedAt: Date | null; removedAt: Date | null };

/** The words as they now are, those before them, the oldest first, and when they were taken away. */
export function wordsNow({ text, at }: Pick<Told, "text" | "at">, changes: readonly Omit<Change, "messageId">[]): Worded {
  const edits = changes.filter((change) => change.kind === "edited" && change.text !== null);
  const versions = [{ text, at }, ...edits.map((change) => ({ text: change.text ?? "", at: change.at }))];
  const last = versions.at(-1)!;
  return {
    text: last.text,
    earlier: versions.slice(0, -1),
    editedAt: edits.length ? last.at : null,
    removedAt: changes.find((change) => change.kind === "removed")?.at ?? null,
  };
}

export type Nested = { depth: 0 | 1 | 2; repliesTo: string | null };

/**
 * How deep a message stands beneath those of its own thread, two at most, and whom it replies to. A parent that is not in the
 * thread counts as its beginning; a circle, which no platform should tell, ends at the second step.
 */
export function nesting(messages: readonly Told[]): Map<string, Nested> {
  const byRemote = new Map(messages.map((message) => [message.remoteId, message]));
  const parentOf = (message: Told) => {
    const parent = message.parentRemoteId === null ? undefined : byRemote.get(message.parentRemoteId);
    return parent === message ? undefined : parent;
  };
  return new Map(
    messages.map((message): [string, Nested] => {
      const parent = parentOf(message);
      const grand = parent && parentOf(parent);
      const depth = grand ? 2 : parent || message.parentRemoteId !== null ? 1 : 0;
      return [message.id, { depth, repliesTo: parent?.authorName ?? null }];
    }),
  );
}

export type NotePart = { text: string; mention: boolean };

/** A note's words with the names of those it calls upon apart; of two names the longer one is looked for first. */
export function mentionParts(text: string, names: readonly string[]): NotePart[] {
  const called = [...names].filter(Boolean).sort((a, b) => b.length - a.length);
  const parts: NotePart[] = [];
  let rest = text;
  while (rest) {
    const found = called.flatMap((name) => {
      const at = rest.indexOf(`@${name}`);
      return at < 0 ? [] : [{ at, name }];
    });
    const first = found.reduce<{ at: number; name: string } | null>((a, b) => (!a || b.at < a.at ? b : a), null);
    if (!first) return [...parts, { text: rest, mention: false }];
    if (first.at > 0) parts.push({ text: rest.slice(0, first.at), mention: false });
    parts.push({ text: `@${first.name}`, mention: true });
    rest = rest.slice(first.at + first.name.length + 1);
  }
  return parts;
}
