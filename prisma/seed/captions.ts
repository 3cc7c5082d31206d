import { formatInstant } from "#lib/core/text.ts";
import { classifyPost } from "#lib/posts/substance.ts";
import { componentCaptions, provinces } from "./components.ts";
import { DAY, zone } from "./days.ts";
import { againLines, contactLines, districtCaptions, occasionCaptions, repostCaptions, usefulCaptions, villages } from "./phrases.ts";
import type { Random } from "./random.ts";
import { readTable } from "./tables.ts";
import { topicsOf } from "./topics.ts";
import { type DemoUnit, demoUnits } from "./units.ts";

type Row = { id: string; unit_type: string; topic: string; style: string; text: string; alt: string };
/** `shared`: other units use it as well, so it never goes out as it stands. */
type Base = { text: string; shared: boolean };

const rows = readTable<Row>("posts-demo.csv");
const districts = [...new Set(demoUnits.flatMap((unit) => (unit.isDistrict ? [unit.place] : [])))];

function basesOf(unit: DemoUnit): Base[] {
  const region = (row: Row) => row.id.split("-")[1];
  const fits = (row: Row) =>
    row.style === "substantive" &&
    row.unit_type === unit.type &&
    (region(row) === "umum" || region(row) === unit.region) &&
    (unit.isDistrict ? row.text.includes(unit.place) && ofThisDistrict(row.text, unit.place) : topicsOf(unit).includes(row.topic));
  const written = rows.filter(fits).map((row) => ({ text: row.text, shared: region(row) === "umum" || unit.type === "rsud" }));
  const useful = unit.region === "kemendagri" ? componentCaptions : usefulCaptions;
  const general = [...useful, ...(unit.isDistrict ? districtCaptions : [])].map((text) => ({ text, shared: false }));
  return [...written, ...general];
}

/** "Bintan" stands in the names of several districts: only the longest name in a text counts. */
const ofThisDistrict = (text: string, place: string) =>
  !districts.some((other) => other.length > place.length && other.includes(place) && text.includes(other));

const regionNames = { tegal: "Kabupaten Tegal", bintan: "Kabupaten Bintan", kemendagri: "Kemendagri" } as const;

/** Fills the gaps of a phrase for a unit and a moment. */
export function phrase(text: string, unit: DemoUnit, at: Date, { whole, pick }: Random): string {
  const date = (days: number, style: "day" | "date" = "day") => formatInstant(new Date(at.getTime() + days * DAY), zone, "id", style);
  const [desa, lain] = [pick(villages[unit.region]), pick(villages[unit.region])];
  const gaps: Record<string, () => string> = {
    unit: () => (unit.isDistrict ? unit.name : `${unit.shortName} ${regionNames[unit.region]}`),
    hari: () => date(whole(0, 4)).split(",")[0]!,
    tanggal: () => date(0, "date"),
    depan: () => date(whole(2, 12)),
    bulan: () => date(0, "date").split(" ")[1]!,
    jam: () => `${whole(8, 14)}.${pick(["00", "15", "30", "45"])}`.padStart(5, "0"),
    n: () => String(whole(3, 29)),
    m: () => String(whole(61, 97)),
    puluh: () => String(whole(4, 26) * 10 + whole(0, 9)),
    telp: () => String(whole(2100, 3499)),
    desa: () => desa,
    lain: () => lain,
    kec: () => (unit.isDistrict ? unit.name : pick(districtsOf(unit))),
  };
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => gaps[name]?.() ?? whole);
}

const districtsOf = (unit: DemoUnit) =>
  unit.region === "kemendagri" ? provinces : demoUnits.flatMap((one) => (one.isDistrict && one.region === unit.region ? [one.name] : []));

export type Kind = "useful" | "occasion";
export type Writer = (kind: Kind, withContact: boolean, at: Date) => string;

/** Writes a unit's captions one after the other: each of its bases in turn, never one as it was the last time. */
export function writerFor(unit: DemoUnit, chance: Random): Writer {
  let waiting: Base[] = [];
  const used = new Set<string>();
  const occasions = chance.shuffle([...occasionCaptions, ...repostCaptions]);
  let occasion = 0;

  const useful = (withContact: boolean, at: Date): string => {
    if (waiting.length === 0) waiting = chance.shuffle(basesOf(unit));
    const base = waiting.pop()!;
    const again = base.shared || used.has(base.text);
    used.add(base.text);
    const lines = [
      ...(again ? [phrase(chance.pick(againLines), unit, at, chance)] : []),
      phrase(base.text, unit, at, chance),
      ...(withContact ? [phrase(chance.pick(contactLines), unit, at, chance)] : []),
    ];
    const text = lines.join("\n\n");
    return classifyPost(text).category === "substantive" ? text : useful(withContact, at);
  };
  return (kind, withContact, at) =>
    kind === "useful" ? useful(withContact, at) : phrase(occasions[occasion++ % occasions.length]!, unit, at, chance);
}
