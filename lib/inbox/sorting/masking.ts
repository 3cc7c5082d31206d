/**
 * Hides personal data in what citizens write, before it is stored (UU 27/2022): NIK, KK, telephone numbers, e-mail addresses, and
 * numbers of bank accounts and insurance cards that are said to be such. Each is replaced by a marker in ⟦⟧ that the interface draws
 * as a chip. The landlines of offices and public service numbers stay readable.
 */
import { digitGroups, disguisedGroups, type Group } from "./masking-digits.ts";

export type PersonalData = "nik" | "kk" | "phone" | "email" | "account";

export const markers: Record<PersonalData, string> = {
  nik: "⟦nik⟧",
  kk: "⟦kk⟧",
  phone: "⟦telepon⟧",
  email: "⟦surel⟧",
  account: "⟦nomor⟧",
};

export type Masked = { text: string; found: PersonalData[] };

/** Masks a text as it came from outside. Brackets ⟦⟧ in it become [ ], so that nobody can type a marker. `found` has each kind once. */
export function maskPersonalData(text: string): Masked {
  return maskAgain(text.replaceAll("⟦", "[").replaceAll("⟧", "]"));
}

/** Masks a text that was masked before, keeping its markers: a second time changes nothing, a better rule may find more. */
export function maskAgain(text: string): Masked {
  const found = new Set<PersonalData>();
  let [before, masked] = ["", text];
  // What is hidden may leave its neighbour to be read alone.
  while (before !== masked) {
    before = masked;
    masked = maskEmail(masked, found);
    // First whole numbers in disguise, of which the plain reading would see a part.
    masked = maskNumbers(masked, disguisedGroups(masked), found, (groups) => isSpoken(...groups));
    masked = maskNumbers(masked, digitGroups(masked), found);
  }
  return { text: masked, found: [...found] };
}

/** Bounded lengths keep it linear in hostile input. "nama [at] surat (dot) id" is an address too. */
const providers = "(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|icloud)";
const anyAt = "(?:[ _-](?:at|et|a@t|a[ -]?keong|keong)[ _-]|\\s?[[({](?:at|et|a|@)[\\])}]\\s?)";
const anyDot = "(?:(?:\\s?[.,．]\\s?|[ _-](?:dot|titik)[ _-]|\\s?[[({](?:dot|titik|\\.)[\\])}]\\s?)\\p{L}{2,3})";
const emailPattern = new RegExp(
  [
    /[\p{L}\p{N}._%+-]{1,64}[@＠](?:[\p{L}\p{N}-]{1,63}[.．。]){1,5}\p{L}{2,24}/u,
    /[\p{L}\p{N}._%+-]{1,64}\s?[[({](?:at|et|a|@)[\])}]\s?(?:[\p{L}\p{N}-]{1,63}(?:\.|\s?[[({](?:dot|titik|\.)[\])}]\s?)){1,5}\p{L}{2,24}/u,
    /[\p{L}\p{N}._%+-]{1,64} (?:at|et|a[ -]?keong|keong) (?:[\p{L}\p{N}-]{1,63} (?:dot|titik) ){1,5}\p{L}{2,24}/u,
    // "budi @example.com" is one; "cek @example.com" names an account.
    /(?<![\p{L}\p{N}])(?!(?:cek|lihat|ikuti|follow|akun|ig|di|ke|dari|dan|atau|sama|via|oleh|kata|tag|cc|min|admin|kak|pak|bu|mas|mbak|halo|hai|kasih|makasih|hub|hubungi|kepada|untuk|baca|sumber) )[\p{L}\p{N}._%+-]{2,64} @(?:[\p{L}\p{N}-]{1,63}\.){1,4}(?:com|net|org|(?:co|go|ac|sch|or|web|my)\.id)(?![\p{L}\p{N}])(?!\.[\p{L}\p{N}])/u,
    // Of the well-known providers the rest may be written anyhow: "budi@gmail", "budi-at-gmail-dot-com".
    new RegExp(`[\\p{L}\\p{N}._%+-]{2,64}(?:[@＠] ?| [@＠] )${providers}${anyDot}{0,2}(?!\\p{L})`, "u"),
    new RegExp(`[\\p{L}\\p{N}.%+_-]{1,63}[\\p{L}\\p{N}]${anyAt}${providers}${anyDot}{1,2}(?!\\p{L})`, "u"),
    // One letter at a time: "b u d i @ g m a i l . c o m".
    /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}._-] ){2,40}[@＠](?: [\p{L}\p{N}.-]){4,40}(?![\p{L}\p{N}])/u,
  ]
    .map(({ source }) => source)
    .join("|"),
  "giu",
);

function maskEmail(text: string, found: Set<PersonalData>): string {
  return text.replace(emailPattern, () => {
    found.add("email");
    return markers.email;
  });
}

type Hit = { kind: PersonalData; start: number; end: number; next: number };

function maskNumbers(text: string, groups: Group[], found: Set<PersonalData>, isMeant = (_: Group[]) => true): string {
  let masked = "";
  let copied = 0;
  for (let i = 0; i < groups.length; ) {
    const hit = numberAt(text, groups, i);
    if (hit === null || !isMeant(groups.slice(i, hit.next))) {
      i = hit?.next ?? i + 1;
      continue;
    }
    found.add(hit.kind);
    masked += text.slice(copied, hit.start) + markers[hit.kind];
    copied = hit.end;
    i = hit.next;
  }
  return masked + text.slice(copied);
}

/** What may stand between the parts of one number: "0812-0000 4471", "(021) 555", also with an invisible character. */
const gapPattern = /^[ \u00a0\u202f\t.()\-\u2010-\u2015_*~|•·…－．（）\u3000\u200b-\u200d\u2060\p{M}]{1,4}$/u;
/**
 * Numbers with other signs between their parts, as far as they reach. Dates, letters, years and sums are written otherwise:
 * "0812/0000/4471" and "812,0000,4471" with the same sign, "0812:000:4471" and "0812x0000x4471" with any, one digit after the other,
 * and the sixteen digits of a NIK.
 */
const signedPatterns: readonly RegExp[] = [
  /^0?8[1-9]\p{Nd}{1,2}([/,]{1,2} ?| [/,]{1,2} )(?!(?:19|20)\p{Nd}{2}\/)\p{Nd}{4}\1\p{Nd}{3,5}(?!\p{Nd}|\1)/u,
  /^08[1-9]\p{Nd}{1,2}(?:[^\p{L}\p{N}/,⟦⟧]{1,6}|\s?[x×]\s?)\p{Nd}{3,4}(?:[^\p{L}\p{N}/,⟦⟧]{1,6}|\s?[x×]\s?)\p{Nd}{3,5}(?!\p{Nd})/iu,
  /^0([^\p{L}\p{N}\s⟦⟧]{1,3})8\1[1-9](?:\1\p{Nd}){6,10}(?!\p{Nd}|\1)/u,
  /^\p{Nd}([^\p{L}\p{N}\s⟦⟧]{1,3})(?:\p{Nd}\1){14}\p{Nd}(?!\p{Nd}|\1)/u,
  /^\p{Nd}{6}([/,])\p{Nd}{6}\1\p{Nd}{4}(?!\p{Nd}|\1)/u,
  /^\p{Nd}{4}([/,])\p{Nd}{4}\1\p{Nd}{4}\1\p{Nd}{4}(?!\p{Nd}|\1)/u,
];
/** People who spell a number out put commas too, or nothing at all. */
const spokenGapPattern = /^[ \u00a0\t.,()\-\u2010-\u2015_\u200b-\u200d\u2060]{0,4}$/u;
/** A gap that a writer uses within a number, not between two. */
const tightPattern = /^[.\-\u2010-\u2015_]+$/u;

/** A mobile number without its 0. */
const shortest = 9;

/** The number that begins with group `i`, if it is one to hide. */
function numberAt(text: string, groups: Group[], i: number): Hit | null {
  const gap = (index: number) => text.slice(groups[index - 1]?.end ?? 0, groups[index]?.start ?? 0);
  // A part of a longer number, such as a tax object's, is no number by itself.
  if (i > 0 && tightPattern.test(gap(i))) return null;

  let digits = "";
  let best: { last: number; kind: PersonalData } | null = null;
  for (let last = i; last < groups.length && digits.length < 19; last++) {
    if (
      last > i &&
      !(isSpoken(groups[last - 1], groups[last]) ? spokenGapPattern : gapPattern).test(gap(last)) &&
      !signed(text, groups, i, last)
    )
      break;
    digits += groups[last]?.digits ?? "";
    if (digits.length < shortest) continue;
    if (last + 1 < groups.length && tightPattern.test(gap(last + 1))) continue;
    const candidate: Candidate = { text, groups: groups.slice(i, last + 1), digits };
    const kind = identityKind(candidate) ?? (isPhone(candidate) ? "phone" : isAccount(candidate) ? "account" : null);
    if (kind === null) continue;
    if (best !== null && !continuesNumber(groups, last, gap)) break;
    best = { last, kind };
  }
  if (best === null) return null;

  const opening = openingBefore(text, groups[i]?.start ?? 0);
  return { kind: best.kind, start: (groups[i]?.start ?? 0) - opening, end: endOf(text, groups[best.last]?.end ?? 0), next: best.last + 1 };
}

/** Whether the parts `i` to `last` belong to a number with other signs in it. */
function signed(text: string, groups: Group[], i: number, last: number): boolean {
  const start = groups[i]?.start ?? 0;
  const written = text.slice(start, start + longestSigned);
  return signedPatterns.some((pattern) => {
    const reach = pattern.exec(written)?.[0].length ?? 0;
    return (groups[last]?.end ?? 0) <= start + reach;
  });
}
const longestSigned = 60;

/** A longer reading is taken only when the new part is written like the one before it. */
function continuesNumber(groups: Group[], last: number, gap: (index: number) => string): boolean {
  const length = (index: number) => groups[index]?.digits.length ?? 0;
  return gap(last) === gap(last - 1) && (length(last) >= 2 || length(last - 1) === 1);
}

const isSpoken = (...groups: (Group | undefined)[]) => groups.some((group) => group?.disguised);

/** A digit on a key ("0️⃣") has marks behind it. */
const endOf = (text: string, end: number) => end + (/^\p{M}+/u.exec(text.slice(end, end + 8))?.[0].length ?? 0);

/** How many characters of "+", "(" or "(+" belong to the number. */
function openingBefore(text: string, start: number): number {
  return /[(+]{0,2}$/.exec(text.slice(Math.max(0, start - 2), start))?.[0].length ?? 0;
}

type Candidate = { text: string; groups: Group[]; digits: string };

const identityLabel = /\b(?:n\.?i\.?k|e?-?ktp|k\.?k|kartu keluarga)\b/gi;
const familyLabel = /^(?:k\.?k|kartu keluarga)$/i;
const caseLabel = /\b(?:tiket|ticket|resi|regist(?:er|rasi)|laporan|aduan|antre?an|antrian|nop|npwp|nib|nip|pelanggan|faktur|surat)\b/i;
/** "PBG-332801-…": letters tied to a number make it a code. */
const codeBefore = /\p{L}[-/.]$/u;
const moneyBefore = /(?:\brp|\bidr)\.? ?$/i;

/** NIK or KK: 16 digits however spaced; a digit more or less is forgiven when the word stands before it. */
function identityKind(candidate: Candidate): "nik" | "kk" | null {
  const { digits } = candidate;
  if (digits.length < 14 || digits.length > 18) return null;
  const before = contextBefore(candidate, 30);
  const label = [...before.matchAll(identityLabel)].at(-1)?.[0];
  if (digits.length !== 16) return label === undefined || caseLabel.test(before) ? null : kindOf(label);
  if (moneyBefore.test(before)) return null;
  if (label !== undefined) return kindOf(label);
  if (candidate.groups.length > 1 && codeBefore.test(before)) return null;
  const mistakable = caseLabel.test(before) || candidate.groups.length > 1;
  if (mistakable && !(looksLikeNik(digits) && isWrittenAsOne(candidate))) return null;
  const after = [...contextAfter(candidate, 20).matchAll(identityLabel)][0]?.[0];
  return after === undefined ? "nik" : kindOf(after);
}

function kindOf(label: string): "nik" | "kk" {
  return familyLabel.test(label) ? "kk" : "nik";
}

/** Region 11 to 99, then a day (women's plus 40) and a month. */
function looksLikeNik(digits: string): boolean {
  const day = Number(digits.slice(6, 8)) % 40;
  const month = Number(digits.slice(8, 10));
  return Number(digits.slice(0, 2)) >= 11 && day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/** A date and hours can make 16 digits as well, but with different gaps and short parts. */
function isWrittenAsOne({ text, groups }: Candidate): boolean {
  const gaps = new Set(groups.slice(1).map((group, index) => text.slice(groups[index]?.end ?? 0, group.start)));
  return gaps.size <= 1 || (groups[0]?.digits.length ?? 0) >= 6;
}

const phoneLabel =
  /\b(?:wa|whatsapp|hp|hape|handphone|ponsel|seluler|telp?|tlp|telepon|telpon|call|chat|sms|japri|hub(?:ungi)?|kontak|no(?:mor|mer)?)\b/i;
/** The number of a matter, named right before it. */
const matterLabel = /\b(?:tiket|ticket|resi|nib|booking|token|virtual account)(?: listrik| lapor!?)?[^\p{L}\p{N}]{0,3}$/iu;
/** A part of an address on the web that is no chat: "youtu.be/08123456789". */
const pathBefore = /(?:https?:\/\/|www\.|\b\p{L}[\p{L}\p{N}-]*\.[\p{L}]{2,4}\/)[^\s]*$/iu;
const chatAddress = /wa\.me|whatsapp|phone=|tel:|t\.me/i;

function isPhone(candidate: Candidate): boolean {
  const { digits, groups, text } = candidate;
  const first = groups[0];
  if (first === undefined || digits.length > 16) return false;
  const plus = text.slice(Math.max(0, first.start - 2), first.start).includes("+");
  if (!plus && isOfMatter(candidate)) return false;
  if (plus && !digits.startsWith("62")) return isForeign(candidate);

  const international = /^(?:0062|62)0?/.exec(digits)?.[0];
  if (international !== undefined) {
    const rest = digits.slice(international.length);
    if (isMobile(rest)) return true;
    return (plus || groups.length > 1 || phoneLabel.test(contextBefore(candidate, 20))) && isLandline(rest);
  }
  if (digits.startsWith("0")) {
    const rest = digits.slice(1);
    if (isMobile(rest)) return first.digits.length >= 3 || isEvenlySpaced(candidate) || isShortBegun(candidate) || isSpoken(...groups);
    return isLandline(rest) && hasAreaCode(candidate) && !caseLabel.test(contextBefore(candidate, 30)) && !isOffice(candidate);
  }
  return isMobile(digits) && phoneLabel.test(contextBefore(candidate, 20));
}

/** "tiket 812345678901" and parts of web addresses are no telephone numbers. */
function isOfMatter({ text, groups }: Candidate): boolean {
  const before = text.slice(Math.max(0, (groups[0]?.start ?? 0) - 80), groups[0]?.start ?? 0);
  const path = pathBefore.exec(before)?.[0];
  if (path !== undefined) return !chatAddress.test(path);
  return matterLabel.test(before);
}

/** National part of a mobile number: 8 and 8 to 11 more digits. 80x are public service numbers. */
const isMobile = (national: string): boolean => /^8[1-9]\d{7,10}$/.test(national);
/** Area code and subscriber, without the leading 0. */
const isLandline = (national: string): boolean => /^[2-79]\d{7,10}$/.test(national);

/** "021 …", "(0283) …": the first part is the area code alone, or the number is written in one. */
function hasAreaCode({ groups }: Candidate): boolean {
  const lengths = groups.map((group) => group.digits.length);
  if (lengths.length === 1) return true;
  const [area, ...rest] = lengths;
  return (area === 3 || area === 4) && rest.every((length) => length >= 2);
}

/** "08 1200 004 471", "0 812 3456 7890": after the first digits three or four at a time; a date or hours go on in pairs. */
function isShortBegun({ text, groups }: Candidate): boolean {
  const gaps = groups.slice(1).map((group, index) => text.slice(groups[index]?.end ?? 0, group.start));
  const rest = groups.slice(1).map(({ digits }) => digits.length);
  return (
    /^08?$/.test(groups[0]?.digits ?? "") &&
    rest.length >= 3 &&
    gaps.every((gap) => gap === " ") &&
    rest.every((length) => length === 3 || length === 4)
  );
}

/** Digits one by one or in pairs, all with the same space or dash; hours ("08.12-09.30") are written otherwise. */
function isEvenlySpaced({ text, groups }: Candidate): boolean {
  const gaps = new Set(groups.slice(1).map((group, index) => text.slice(groups[index]?.end ?? 0, group.start)));
  const sizes = new Set(groups.slice(0, -1).map((group) => group.digits.length));
  return gaps.size === 1 && sizes.size === 1 && (!gaps.has(".") || sizes.has(1));
}

// biome-ignore format: one word after the other
const officeWords = /\b(?:kantor|dinas|call ?cent(?:er|re)|hotline|cs|customer service|rsud|rs|rumah sakit|puskesmas|polsek|polres|polisi|layanan|pelayanan|pengaduan|damkar|pemadam|pln|pdam|bpbd|posko|[iu]gd|ambulan[s]?|kelurahan|kecamatan|kabupaten|camat|desa|pemkab|pemkot|samsat|bpjs|bank|sekolah|darurat|resmi|humas|hotel|upt|uptd)\b/i;
const ownWords = /\b(?:saya|sy|gw|gue|aku|kami|rumah saya|suami|istri|ibu|bapak|pak|bu|mas|mbak|an|a\.n)\b[^.]*$/i;

/** "telepon kantor kecamatan (0283) 491000", "0283-491000 itu nomor PDAM": nobody's own. */
function isOffice(candidate: Candidate): boolean {
  const before = contextBefore(candidate, 45);
  const nearest = [...before.matchAll(new RegExp(officeWords, "gi"))].at(-1);
  if (nearest) return !ownWords.test(before.slice(nearest.index + nearest[0].length));
  return !ownWords.test(before) && officeWords.test(contextAfter(candidate, 30));
}

const accountLabel =
  /\b(?:rekening|no\.? ?rek|norek|rek|tf|transfer|trf|bca|bri|bni|btn|bsi|cimb|danamon|muamalat|bank mandiri|bank jateng)\b[^,;?!]*$/i;
const cardLabel = /\b(?:bpjs|jkn|kis)\b/i;

/** A bank account, or the thirteen digits of a health insurance card, where the words before say so. */
function isAccount(candidate: Candidate): boolean {
  const { digits } = candidate;
  const before = contextBefore(candidate, 40);
  if (moneyBefore.test(before)) return false;
  if (digits.length === 13 && digits.startsWith("000")) return cardLabel.test(before);
  return digits.length >= 10 && digits.length <= 16 && accountLabel.test(before);
}

/** "+60 12-345 6789", but not "+1.500.000.000". */
function isForeign({ text, groups, digits }: Candidate): boolean {
  const grouped = groups.length > 2 && groups.slice(1).every((group) => group.digits.length === 3 && text[group.start - 1] === ".");
  return /^[1-9]\d{8,14}$/.test(digits) && !grouped;
}

/** The words before a number, back to the number or marker before them: the same on a second reading. */
function contextBefore({ text, groups }: Candidate, length: number): string {
  const start = groups[0]?.start ?? 0;
  const words = text.slice(Math.max(0, start - length), start);
  return words.split(/[\p{Nd}⟦⟧]/u).at(-1) ?? "";
}

function contextAfter({ text, groups }: Candidate, length: number): string {
  const end = groups.at(-1)?.end ?? 0;
  return text.slice(end, end + length).split(/[\p{Nd}⟦⟧]/u)[0] ?? "";
}
