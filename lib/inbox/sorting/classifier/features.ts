/** What of a message counts: its words, pairs of words, stems, groups of letters, and its form. */
import { wordsFound } from "../triage-rules.ts";
import { type Reading, read, stem } from "./reading.ts";

/** The first sign tells the sort: `w` word, `s` stem, `b` pair, `c` letters, `f` form, `l` word list, `p` pair of lists. */
export type Features = Map<string, number>;

export const featuresOf = (text: string): Features => featuresOfReading(read(text), text);

export function featuresOfReading(reading: Reading, text: string): Features {
  const { words, plain } = reading;
  const features: Features = new Map();
  const spoken: string[] = [];
  for (const word of words) spoken.push(`w${word}`, `s${stem(word)}`);
  for (let i = 1; i < words.length; i++) spoken.push(`b${words[i - 1]} ${words[i]}`);
  spoken.push(`b^ ${words[0] ?? ""}`, `b${words.at(-1) ?? ""} $`);
  put(features, spoken, 3);
  put(features, letterGroups(plain), 2);
  const lists = [...wordsFound(words)].map(([code, hits]) => ({ code, count: hits.length }));
  for (const { code, count } of lists) features.set(`l${code}`, 0.9 * Math.min(count, 3));
  for (const [i, { code }] of lists.entries()) for (const other of lists.slice(i + 1)) features.set(`p${code} ${other.code}`, 0.6);
  for (const form of formOf(reading, text)) features.set(`f${form}`, 0.6);
  return features;
}

/** All parts of one sort weigh together `length`, however many they are. */
function put(features: Features, parts: readonly string[], length: number) {
  const counts = new Map<string, number>();
  for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  let squares = 0;
  for (const [part, count] of counts) {
    const value = 1 + Math.log2(count) / 2;
    counts.set(part, value);
    squares += value * value;
  }
  const scale = length / Math.sqrt(squares || 1);
  for (const [part, value] of counts) features.set(part, value * scale);
}

function letterGroups(plain: string): string[] {
  const text = plain
    .replace(/\p{N}+/gu, "#")
    .replace(/[^\p{L}#?! ⟦⟧]+/gu, " ")
    .replace(/\s+/g, " ");
  const groups: string[] = [];
  for (let size = 3; size <= 5; size++) for (let i = 0; i + size <= text.length; i++) groups.push(`c${text.slice(i, i + size)}`);
  return groups;
}

function formOf({ words, disguised }: Reading, text: string): string[] {
  const forms = ["bias"];
  const is = (form: string, holds: boolean) => holds && forms.push(form);
  const count = words.length;
  is("question-mark", text.includes("?"));
  is("question-end", /\?[^\p{L}\p{N}]*$/u.test(text));
  is("exclaims", text.includes("!"));
  is("no-words", count === 0);
  is("one-word", count === 1);
  is("short", count > 1 && count <= 3);
  is("brief", count > 3 && count <= 7);
  is("long", count >= 18 && count < 40);
  is("very-long", count >= 40);
  is("tags", /@[\p{L}\p{N}_.]/u.test(text));
  is("emoji", /\p{Extended_Pictographic}/u.test(text));
  is("number", words.includes("#"));
  is("disguised", disguised > 0);
  is("much-disguised", disguised > 1);
  is("link", /https?:|www\.|\.(?:com|id|info|apk|me|ly)\b/i.test(text));
  is(
    "capitals",
    (text.match(/\p{Lu}/gu)?.length ?? 0) > 12 && (text.match(/\p{Lu}/gu)?.length ?? 0) > (text.match(/\p{Ll}/gu)?.length ?? 0),
  );
  is("quotes", /["“”]/.test(text));
  is("percent-money", /%|\brp\b|\d(?:rb|jt|k)\b|juta|ribu/i.test(text));
  is("starts-capital", /^\p{Lu}\p{Ll}/u.test(text));
  is("ends-full-stop", /\.\s*$/.test(text));
  return forms;
}
