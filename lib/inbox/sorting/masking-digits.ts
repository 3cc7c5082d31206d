/** Where numbers stand in a text, also those that are spelled out or written with letters that look like digits. */

export type Group = { start: number; end: number; digits: string; disguised: boolean };

/** Digits of any script, raised, lowered and in circles. */
const digit = "[\\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨⓪⓵-⓽❶-❾⓿]";
const digitRun = new RegExp(`${digit}+`, "gu");

/** The digits as they stand; those of other scripts and forms become plain. */
export function digitGroups(text: string): Group[] {
  return [...text.matchAll(digitRun)].map((match) => groupOf(match, plainDigits(match[0]), false));
}

const plainDigits = (written: string): string =>
  /^[0-9]+$/.test(written)
    ? written
    : Array.from(written.normalize("NFKC"), (sign) => (/[0-9]/.test(sign) ? sign : digitOf(sign))).join("");

/** The ten digits of a script stand one behind the other; those in circles that have no plain form begin with 1 and end with 0. */
function digitOf(sign: string): string {
  const code = sign.codePointAt(0)!;
  for (const first of [0x24f5, 0x2776]) if (code >= first && code < first + 9) return `${code - first + 1}`;
  if (sign === "⓿") return "0";
  let zero = code;
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return /\p{Nd}/u.test(sign) ? `${code - zero}` : sign;
}

// biome-ignore format: a table to read, not code
const spelled: Readonly<Record<string, string>> = {
  nol: "0", enol: "0", kosong: "0", zero: "0", satu: "1", siji: "1", hiji: "1", dua: "2", loro: "2", duo: "2", tiga: "3", telu: "3", tilu: "3", tige: "3", empat: "4", papat: "4", opat: "4",
  lima: "5", limo: "5", enam: "6", anam: "6", nem: "6", enem: "6", genep: "6", tujuh: "7", pitu: "7", tuju: "7", delapan: "8", lapan: "8", wolu: "8", dalapan: "8", sembilan: "9", sembilang: "9", sanga: "9", songo: "9", salapan: "9",
  one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9",
};
const alike: Readonly<Record<string, string>> = { o: "0", q: "0", i: "1", l: "1", z: "2", s: "5", b: "8" };

const word = `(?:${Object.keys(spelled)
  .sort((x, y) => y.length - x.length)
  .join("|")})`;
/** "dua belas", "lima puluh tujuh", "sebelas": two digits said as one number. */
const tens = `(?:sebelas|sepuluh|${word} (?:belas|puluh(?: ${word})?))`;
/**
 * Tens, a word for a digit, words run together, digits with look-alikes among them, or plain digits, also where words and digits are
 * run together.
 */
const reading = new RegExp(
  `(?<!\\p{L})(?:${tens}(?!\\p{L})|${word}(?=\\p{Nd}|[^\\p{L}]|$)|${word}{4,20}(?!\\p{L}))|(?<![\\p{L}])(?=[oqilzsb]{0,12}\\p{Nd}|o{2,})[\\p{Nd}oqilzsb]+(?!\\p{L})|\\p{Nd}+`,
  "giu",
);
const words = new RegExp(word, "gu");

/** The same, and numbers in disguise: "nol delapan satu", "o8l2". */
export function disguisedGroups(text: string): Group[] {
  return [...text.matchAll(reading)].map((match) => {
    const small = match[0].normalize("NFKC").toLowerCase();
    const digits = spoken(small) ?? small.replace(/[oqilzsb]/g, (sign) => alike[sign] ?? sign);
    return groupOf(match, digits, digits !== small);
  });
}

/** The digits of what is said in words; null when it is written otherwise. */
function spoken(small: string): string | null {
  if (small === "sepuluh") return "10";
  if (small === "sebelas") return "11";
  const [first = "", ten, last] = small.split(" ");
  if (ten === "belas") return `1${spelled[first]}`;
  if (ten === "puluh") return `${spelled[first]}${last === undefined ? "0" : spelled[last]}`;
  if (/^[^a-z]/.test(small) || /\d/.test(small)) return null;
  const found = small.match(words) ?? [];
  return found.join("") === small ? found.map((one) => spelled[one]).join("") : null;
}

const groupOf = (match: RegExpExecArray, digits: string, disguised: boolean): Group => {
  return { start: match.index, end: match.index + match[0].length, digits, disguised };
};
