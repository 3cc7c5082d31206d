/** Sets of hashtags and the text that they go into. Pure. */

const pattern = /(?<![\p{L}\p{M}\p{N}_&/#])[#＃](?=[\p{N}_]*\p{L})[\p{L}\p{M}\p{N}_]+/gu;

/** The hashtags of a text as they are written there, each once whatever its case. */
export function hashtagsIn(text: string): string[] {
  const found = new Map<string, string>();
  for (const [tag] of text.matchAll(pattern)) if (!found.has(keyOf(tag))) found.set(keyOf(tag), tag);
  return [...found.values()];
}

/** Of a set those hashtags that the text has not yet, in the order of the set. */
export function missingHashtags(text: string, set: string): string[] {
  const there = new Set(hashtagsIn(text).map(keyOf));
  return hashtagsIn(set).filter((tag) => !there.has(keyOf(tag)));
}

const keyOf = (tag: string) => tag.slice(1).normalize("NFKC").toLowerCase();
