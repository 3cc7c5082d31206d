/** How X reads a text: links, names and length. Source: X, "Counting characters", and the rules of its open-source text library, version 3. */

type Span = { text: string; start: number; end: number };

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
/** Names that count as links without "https://"; X knows every top-level domain, the lab those that are met here. */
const bare = `(?:${label}\\.)+(?:com|net|org|info|biz|edu|gov|id|my|sg|co|io|me|tv|app|dev)(?![\\w-]|\\.\\w)(?:[/?][^\\s<>"]*)?`;
const linkPattern = new RegExp(`(?<![\\w@#$/.-])(?:https?://[^\\s<>"]+|${bare})`, "giu");

/** Links, positions in UTF-16 units; a mark that ends the sentence is no part of a link. */
export function linksIn(text: string): Span[] {
  return Array.from(text.matchAll(linkPattern), ({ 0: whole, index }) => {
    const link = whole.replace(/[.,;:!?'"\])}…]+$/u, "");
    return { text: link, start: index, end: index + link.length };
  });
}

/** Names after an `@`, without it. */
export function namesIn(text: string): Span[] {
  return Array.from(text.matchAll(/(?<![\w@/.])@(\w{1,15})(?!\w)/g), ({ 0: whole, 1: name = "", index }) => ({
    text: name,
    start: index,
    end: index + whole.length,
  }));
}

const light = [
  [0, 4_351],
  [8_192, 8_205],
  [8_208, 8_223],
  [8_242, 8_247],
] as const;
const weightOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0;
  return light.some(([from, to]) => code >= from && code <= to) ? 1 : 2;
};
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\u20e3/u;

/** The weighted length: a link is 23 and an emoji 2, however long; most other characters are 1, those of East Asia 2. */
export function weightedLength(text: string): number {
  const normal = text.normalize("NFC");
  const links = linksIn(normal);
  const rest = links.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), normal);
  let weight = links.length * 23;
  for (const { segment } of segmenter.segment(rest))
    weight += emoji.test(segment) ? 2 : [...segment].reduce((sum, character) => sum + weightOf(character), 0);
  return weight;
}
