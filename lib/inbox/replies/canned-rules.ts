/** What a canned reply may leave open, and how it is filled in. Pure. */

/** nama: the citizen's name; salam: the greeting of the time of day; unit, petugas: who answers. */
export const variables = ["nama", "salam", "unit", "petugas"] as const;
export type Variable = (typeof variables)[number];
export type Filling = Record<Variable, string>;

const written = /\{\s*([a-z]+)\s*\}/giu;

/** The words with what is known filled in; what is unknown stays written as it is, so that nobody sends a gap. */
export const fill = (text: string, filling: Partial<Filling>): string =>
  text.replace(written, (whole, name: string) => filling[name.toLowerCase() as Variable] || whole);

/** Names in braces that mean nothing here. */
export const unknownVariables = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(written)].map(([, name]) => name!.toLowerCase()).filter((name) => !(variables as readonly string[]).includes(name)),
  ),
];

/** Pagi until 11, siang until 15, sore until 18.30, else malam. `minute` of the local day. */
export function greetingAt(minute: number): "pagi" | "siang" | "sore" | "malam" {
  if (minute < 180 || minute >= 1110) return "malam";
  if (minute < 660) return "pagi";
  return minute < 900 ? "siang" : "sore";
}
