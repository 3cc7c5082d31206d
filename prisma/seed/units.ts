import { components, ministryCode } from "./regions.ts";
import { readTable } from "./tables.ts";
import type { UnitRow } from "./tree.ts";

/** Where a unit of the demo stands: in one of two regencies, or in the ministry itself. */
export type Region = "tegal" | "bintan" | "kemendagri";
export type DemoUnit = {
  code: string;
  name: string;
  shortName: string;
  type: string;
  scoreClass: "A" | "B" | "C";
  handle: string;
  government: string;
  region: Region;
  isDistrict: boolean;
  /** Where it is spoken of: the name of a district without "Kecamatan", of an agency its short name. */
  place: string;
};

export const governments: Record<Region, string> = { tegal: "33.28", bintan: "21.01", kemendagri: ministryCode };

type Row = { government_code: string; name: string; short_name: string; type: string; class: "A" | "B" | "C"; handle: string };

const slug = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** The agencies and districts of the two regencies that the demo tells of, then the ministry's components. */
export const demoUnits: readonly DemoUnit[] = [
  ...readTable<Row>("units-demo.csv").map((row) => ({
    code: `${row.government_code}-${slug(row.short_name)}`,
    name: row.name,
    shortName: row.short_name,
    type: row.type,
    scoreClass: row.class,
    handle: row.handle,
    government: row.government_code,
    region: row.government_code === governments.tegal ? ("tegal" as const) : ("bintan" as const),
    isDistrict: row.type === "kecamatan",
    place: row.short_name.replace(/^Kec\. /, ""),
  })),
  ...components().map((row) => ({
    code: row.code,
    name: row.name,
    shortName: row.short_name,
    type: "komponen",
    scoreClass: row.score_class,
    handle: `${slug(row.short_name.replace(/^Ditjen /, "")).replaceAll("-", "")}.kemendagri`,
    government: ministryCode,
    region: "kemendagri" as const,
    isDistrict: false,
    place: row.short_name,
  })),
];

/** The units that the demo adds to the country's: the components stand there already. */
export const addedUnits = (): UnitRow[] => demoUnits.filter(({ region }) => region !== "kemendagri").map(asUnitRow);

const asUnitRow = (unit: DemoUnit): UnitRow => ({
  code: unit.code,
  name: unit.name,
  short_name: unit.shortName,
  kind: unit.isDistrict ? "district" : "agency",
  type: unit.type,
  score_class: unit.scoreClass,
  parent: unit.government,
  government: unit.government,
  zone: "Asia/Jakarta",
});
