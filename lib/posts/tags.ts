/** Words of one's own by which posts are found again; citizens never see them. Pure. */

export const mostTags = 10;
export const longestTag = 40;

/** A tag as it is kept: small letters, single spaces, without "#" and commas. Empty where nothing is left. */
export const tidyTag = (typed: string): string =>
  typed
    .normalize("NFC")
    .replaceAll(",", " ")
    .replace(/^[\s#]+/, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();

/** Each tag once, in the order in which they were given. */
export const tidyTags = (typed: readonly string[]): string[] => [...new Set(typed.map(tidyTag).filter(Boolean))];

/** The tag that an address asks for; null where it asks for none that could be kept. */
export const readTag = (asked: unknown): string | null => {
  const tag = typeof asked === "string" ? tidyTag(asked) : "";
  return tag && tag.length <= longestTag ? tag : null;
};
