/** How a message is read before it is judged: hidden and disguised letters undone, everyday spellings made one, words cut to their stems. */
import { spellings } from "./spellings.ts";

export type Reading = {
  /** Small letters, as written otherwise, with one space at each end. */
  plain: string;
  /** In the order written: standard words, `#` for a number, `⟦…⟧` for what was masked. */
  words: string[];
  /** How many words were written to be missed by filters: "g4c0r", "s l o t", Cyrillic letters. */
  disguised: number;
};

/** Letters of other alphabets that look like ours. */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ["а", "a"], ["е", "e"], ["о", "o"], ["р", "p"], ["с", "c"], ["х", "x"], ["у", "y"], ["і", "i"], ["ѕ", "s"], ["ј", "j"], ["к", "k"], ["м", "m"], ["т", "t"], ["в", "b"], ["н", "h"], ["ԁ", "d"], ["ԛ", "q"], ["ԝ", "w"], ["ո", "n"], ["ց", "g"],
    ["α", "a"], ["ο", "o"], ["ε", "e"], ["ι", "i"], ["κ", "k"], ["ν", "v"], ["ρ", "p"], ["τ", "t"], ["υ", "u"], ["χ", "x"],
    ["ᴀ", "a"], ["ʙ", "b"], ["ᴄ", "c"], ["ᴅ", "d"], ["ᴇ", "e"], ["ꜰ", "f"], ["ɢ", "g"], ["ʜ", "h"], ["ɪ", "i"], ["ᴊ", "j"], ["ᴋ", "k"], ["ʟ", "l"], ["ᴍ", "m"], ["ɴ", "n"], ["ᴏ", "o"], ["ᴘ", "p"], ["ʀ", "r"], ["ᴛ", "t"], ["ᴜ", "u"], ["ᴠ", "v"], ["ᴡ", "w"], ["ʏ", "y"], ["ᴢ", "z"], ["ɡ", "g"], ["ı", "i"], ["ł", "l"], ["ø", "o"], ["đ", "d"],
  ] as [string, string][],
); // biome-ignore format: a table to read
const foreign = new RegExp(`[${Object.keys(lookalikes).join("")}]`, "gu");
const digits: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "6": "g",
  "7": "t",
  "8": "b",
  "9": "g",
  "@": "a",
  $: "s",
};

/** A text longer than any citizen's is read by its beginning. */
const longest = 5000;

/** Reads any text; never fails. Reading what was read changes nothing more. */
export function read(text: string): Reading {
  const { plain: shown, lookalike } = unveil(text.slice(0, longest));
  const { text: joined, count } = joinSpelledOut(shown);
  const words: string[] = [];
  let disguised = lookalike + count;
  for (const [token] of joined.matchAll(tokens)) {
    if (/^\p{N}/u.test(token) && /^[\p{N}.,:/-]+$/u.test(token)) words.push("#");
    else if (token.startsWith("⟦")) words.push(token);
    else {
      const open = undisguise(token);
      if (/\p{L}/u.test(open) && open.replace(/[^\p{L}\p{N}]/gu, "") !== token.replace(/[^\p{L}\p{N}]/gu, "")) disguised++;
      for (const word of open.split(/[^\p{L}\p{N}#]+/u)) if (word) words.push(...standard(word));
    }
  }
  return { plain: ` ${joined.replace(/\s+/g, " ").trim()} `, words, disguised };
}

const tokens = /⟦\p{L}+⟧|\p{N}[\p{N}.,:/]*(?![\p{L}\p{N}])|[\p{L}\p{N}](?:[\p{L}\p{N}@$*'’-]|(?<=\p{N})[.,](?=\p{N}{3}(?!\p{N})))*/gu;

/** Without invisible characters and stacked accents, in small plain letters, drawn-out ones shortened. */
function unveil(text: string): { plain: string; lookalike: number } {
  const small = text
    .normalize("NFKD")
    .replace(/[\p{Cf}\p{M}]/gu, "")
    .normalize("NFC")
    .toLowerCase();
  let lookalike = 0;
  const plain = small
    .replace(foreign, (letter) => {
      lookalike = 1;
      return lookalikes[letter] ?? letter;
    })
    .replace(/(\p{L})\1{2,}/gu, "$1")
    .replace(/(?<!\p{L})(?:nuwun|nyuwun) sewu(?!\p{L})/gu, "permisi");
  return { plain, lookalike };
}

/** "s l o t", "j.u.d.i", "B-O-L-A": single letters in a row are one word. */
function joinSpelledOut(text: string): { text: string; count: number } {
  let count = 0;
  const joined = text.replace(/(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[ .\-_*•|]{1,2}[\p{L}\p{N}](?![\p{L}\p{N}])){3,}/gu, (run) => {
    if (/^[\p{N}\P{L}]+$/u.test(run)) return run;
    count++;
    return run.replace(/[^\p{L}\p{N}]/gu, "");
  });
  return { text: joined, count };
}

/** "g4c0r" and "bi0" are letters; "anak2", "5kg" and "rp200" are not. */
function undisguise(written: string): string {
  const token = written.replace(/(?<=\p{N})[.,](?=\p{N})/gu, "");
  if (/^\p{N}+\p{L}*$/u.test(token) || !/[\p{N}@$*]/u.test(token)) return token;
  if (/^\p{L}+2(?:\p{L}{0,3})$/u.test(token)) return token;
  if (/^\p{L}+\p{N}+$/u.test(token) && !/\p{L}0$/u.test(token)) return token;
  return token.replace(/(?<=[\p{L}\p{N}])\*(?=\p{L})/gu, "").replace(/[0134567 89@$]/g, (sign) => digits[sign] ?? sign);
}

/** A word in its standard form: the everyday spelling replaced, "anak2" and "anak-anak" as one "anak". */
function standard(word: string): string[] {
  const bare = /^(\p{L}{2,})2(\p{L}{0,3})$/u.exec(word);
  const single = bare ? bare[1]! : word.replace(/\p{N}+/gu, "#");
  return (spellings.get(single) ?? single).split(" ");
}

const prefixes = /^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|be|ter|di|ke|se|ng|ny)(?=\p{L}{4})/u;
const suffixes = /(?<=\p{L}{4})(?:nya|lah|kah|pun|kan|an|in|i|ku|mu|e|ne|na)$/u;
/** "perbaikan" is "baik" with per- and -an, not "bai" with -kan. */
const nounSuffixes = /(?<=\p{L}{4})(?:an)?(?:nya|lah|kah|pun|ku|mu|e|ne|na)?$/u;

/** The word without its usual affixes; a guess that is the same for "diperbaiki", "perbaikan" and "memperbaiki" as often as not. */
export function stem(word: string): string {
  const base = word.replace(/^(?:pe|ke)/u.test(word) ? nounSuffixes : suffixes, "");
  return base.replace(prefixes, "").replace(prefixes, "").replace(suffixes, "");
}
