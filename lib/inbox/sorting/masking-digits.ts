/** Where numbers stand in a text, also those that are spelled out or written with letters that look like digits. */

export type Group = { start: number; end: number; digits: string; disguised: boolean };

/** The digits as they stand; full-width and "mathematical" ones become plain. */
export function digitGroups(text: string): Group[] {
  return [...text.matchAll(/\p{Nd}+/gu)].map((match) => groupOf(match, match[0].normalize("NFKC"), false));
}

// biome-ignore format: a table to read, not code
const spelled: Readonly<Record<string, string>> = {
  nol: "0", enol: "0", kosong: "0", zero: "0", satu: "1", siji: "1", hiji: "1", dua: "2", loro: "2", duo: "2", tiga: "3", telu: "3", tilu: "3", tige: "3", empat: "4", papat: "4", opat: "4",
  lima: "5", limo: "5", enam: "6", anam: "6", nem: "6", genep: "6", tujuh: "7", pitu: "7", tuju: "7", delapan: "8", lapan: "8", wolu: "8", dalapan: "8", sembilan: "9", sanga: "9", songo: "9", salapan: "9",
};
const alike: Readonly<Record<string, string>> = { o: "0", q: "0", i: "1", l: "1", z: "2", s: "5", b: "8" };

const word = Object.keys(spelled)
  .sort((x, y) => y.length - x.length)
  .join("|");
/** A word for a digit, digits with look-alikes among them, or plain digits, also where words and digits are run together. */
const reading = new RegExp(
  `(?<!\\p{L})(?:${word})(?=\\p{Nd}|[^\\p{L}]|$)|(?<![\\p{L}])(?=[oqilzsb]{0,12}\\p{Nd}|o{2,})[\\p{Nd}oqilzsb]+(?!\\p{L})|\\p{Nd}+`,
  "giu",
);

/** The same, and numbers in disguise: "nol delapan satu", "o8l2". */
export function disguisedGroups(text: string): Group[] {
  return [...text.matchAll(reading)].map((match) => {
    const small = match[0].normalize("NFKC").toLowerCase();
    const digits = spelled[small] ?? small.replace(/[oqilzsb]/g, (sign) => alike[sign] ?? sign);
    return groupOf(match, digits, digits !== small);
  });
}

const groupOf = (match: RegExpExecArray, digits: string, disguised: boolean): Group => {
  return { start: match.index, end: match.index + match[0].length, digits, disguised };
};
