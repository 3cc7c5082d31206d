/** Who signs, and how that is written beneath a report. Pure. Nothing here draws a signature. */

export const actings = ["plt", "plh"] as const;
/** Pelaksana tugas, pelaksana harian: holds the office for the time being. */
export type Acting = (typeof actings)[number];

export type Signatory = {
  /** "Kepala Dinas Komunikasi dan Informatika" */
  office: string;
  /** "Bupati Tegal", in whose name he signs; null: in his own. */
  onBehalfOf: string | null;
  acting: Acting | null;
  /** With degrees. */
  name: string;
  /** Pangkat, as "Pembina Utama Muda". */
  rank: string;
  nip: string;
};

const isDate = (year: number, month: number, day: number) => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/**
 * Whether 18 figures can be a NIP: date of birth, then year and month of appointment (for contract staff 21 and up in the
 * month's place), sex, and a number of three figures.
 */
export function isNip(nip: string): boolean {
  const found = /^(\d{4})(\d{2})(\d{2})(\d{4})(\d{2})([12])(\d{3})$/.exec(nip.replaceAll(/[\s.]/g, ""));
  if (!found) return false;
  const [year, month, day, from, rank] = found.slice(1, 6).map(Number) as [number, number, number, number, number];
  const appointed = (rank >= 1 && rank <= 12) || (rank >= 21 && rank <= 29);
  return isDate(year, month, day) && appointed && from - year >= 15 && from - year <= 60;
}

/** As it is printed: 19760412 200312 1 004. */
export const printedNip = (nip: string): string => nip.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, "$1 $2 $3 $4");

const short: Record<Acting, string> = { plt: "Plt.", plh: "Plh." };

/** The lines above the place of the signature. */
export function officeLines({ office, onBehalfOf, acting }: Pick<Signatory, "office" | "onBehalfOf" | "acting">): string[] {
  const own = `${acting ? `${short[acting]} ` : ""}${office},`;
  return onBehalfOf ? [`a.n. ${onBehalfOf}`, own] : [own];
}
