/** How people and platforms write counts: "1.234", "1,234", "12 500", "1,2 rb", "1.2K". Pure. */

/** The largest count that is kept. */
const most = 2_147_483_647;
/** What stands where a platform has no figure. */
const nothing = /^(?:[-–—]+|n\/?a|null|tidak tersedia|data tidak tersedia|not available)?$/i;
const sizes: Record<string, number> = { k: 1e3, rb: 1e3, ribu: 1e3, m: 1e6, jt: 1e6, juta: 1e6, mio: 1e6 };

/** Null where no figure stands; undefined for what is no whole, non-negative number. A figure that is not there is never zero. */
export function readCount(cell: string): number | null | undefined {
  const text = cell.replace(/[\s\u00a0\u2007\u202f]+/g, " ").trim();
  if (nothing.test(text)) return null;
  const count = shortened(text) ?? whole(text);
  return count !== undefined && count <= most ? count : undefined;
}

/** "1,2 rb", "1.2K", "3 jt": at most two decimals, as platforms shorten, for "1.234 rb" could mean two things. */
function shortened(text: string): number | undefined {
  const form = /^(?<figure>\d{1,4}(?:[.,]\d{1,2})?) ?(?<size>k|rb|ribu|m|jt|juta|mio)\.?\+?$/i.exec(text)?.groups;
  return form && Math.round(Number(form.figure!.replace(",", ".")) * sizes[form.size!.toLowerCase()]!);
}

/** Digits, in groups of three or not; decimals are taken where they are zero ("1,234.00"). */
function whole(text: string): number | undefined {
  const form = /^(?<digits>\d{1,3}(?:(?<sign>[., '’])\d{3})(?:\k<sign>\d{3})*|\d{1,12})(?:[.,]0{1,2})?$/.exec(text)?.groups;
  return form && Number(form.digits!.replace(/\D/g, ""));
}
