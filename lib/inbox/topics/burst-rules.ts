/** When many like comments at once are more than a busy day. Pure. */

const MINUTE = 60_000;
/** The length of time that is looked at. */
export const burstWindow = 120 * MINUTE;
/** How far back the usual rate is taken from. */
export const usualWindow = 28 * 24 * 60 * MINUTE;
/** Fewer are never a burst, however quiet it usually is. */
export const fewestComments = 8;
export const fewestCitizens = 5;
/** After somebody said that it is no crisis nothing is opened about the same for so long. */
export const quietAfterFalseAlarm = 24 * 60 * MINUTE;

/** By day people write about twice as much as the mean of day and night tells. */
const DAYTIME = 2;
/** How improbable as many must be: each minute looks at many topics and governments. */
const TOO_RARE = 1e-5;

/**
 * Whether `count` comments of `citizens` people within the window are a burst, where `usual` come in as long a time on average.
 * Poisson: the chance of as many under twice the usual rate is below one in a hundred thousand.
 */
export const isBurst = (count: number, usual: number, citizens: number): boolean =>
  count >= fewestComments && citizens >= fewestCitizens && tail(count, DAYTIME * usual) < TOO_RARE;

/** The chance of `count` or more where `mean` are expected, as events come independently of each other. */
function tail(count: number, mean: number): number {
  if (mean <= 0) return 0;
  if (count <= mean) return 1;
  // From the first term on each is smaller than the last by mean / k: summed until it changes nothing.
  let log = -mean;
  for (let k = 1; k <= count; k++) log += Math.log(mean / k);
  let term = Math.exp(log);
  let sum = 0;
  for (let k = count; term > sum * 1e-12 && term > 0; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, sum);
}

/** How many come within the window on average, of `before` that came during `ms` before it; too short a time counts as one day. */
export const usualOf = (before: number, ms: number): number => (before * burstWindow) / Math.max(ms, 24 * 60 * MINUTE);

export type WordBurst = { word: string; count: number; usual: number; caseIds: readonly string[] };

/**
 * Of words that burst at the same time those that stand for a matter of their own: the most surprising first, without those
 * said in much the same comments as one before them, or in comments about a topic that is bursting already.
 */
export function ownMatters(words: readonly WordBurst[], explained: ReadonlySet<string>): WordBurst[] {
  const taken: ReadonlySet<string>[] = [explained];
  const ranked = words.toSorted((a, b) => surprise(b) - surprise(a) || a.word.localeCompare(b.word));
  return ranked.filter(({ caseIds }) => {
    const isNew = taken.every((known) => caseIds.filter((id) => known.has(id)).length * 2 < caseIds.length);
    if (isNew) taken.push(new Set(caseIds));
    return isNew;
  });
}

const surprise = ({ count, usual }: WordBurst) => count / (usual + 1);

const WORD = "word:";
/** What an alert is about: a topic, or a stem that many comments share. */
export const wordOf = (topic: string): string | null => (topic.startsWith(WORD) ? topic.slice(WORD.length) : null);
export const topicOfWord = (stem: string): string => `${WORD}${stem}`;

/** Stems that say nothing of the matter, however often they are said. */
export const idleStems: readonly string[] =
  "tolong mohon bapak ibu kakak mimin admin warga daerah kabupaten kota dinas kantor pemerintah hari minggu bulan tahun jam kali orang anak banyak sudah belum masih bisa harus kalau gimana bagaimana kenapa kapan mana sini situ terima kasih selamat pagi siang sore malam salam assalamualaikum alaikum sekali banget dong deh sih kok loh lagi juga saja cuma semua sama baru lama biar jangan tidak bukan mau ingin coba buat bikin kasih tahu info informasi tanya jawab balas lihat minta lapor laporan segera tindak lanjut benar".split(
    " ",
  );

/** The word of `texts` that most often stands for a stem, as it is written there; the stem where none does. */
export function spokenForm(stem: string, texts: readonly string[]): string {
  const said = new Map<string, number>();
  for (const text of texts)
    for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) if (word.includes(stem)) said.set(word, (said.get(word) ?? 0) + 1);
  return [...said].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length)[0]?.[0] ?? stem;
}
