import type { Zone } from "#lib/units/calendar.ts";
import { readTable } from "./tables.ts";
import type { UnitRow } from "./tree.ts";

export const ministryCode = "kemendagri";

const ministry: UnitRow = {
  code: ministryCode,
  name: "Kementerian Dalam Negeri",
  short_name: "Kemendagri",
  kind: "ministry",
  parent: null,
  government: ministryCode,
  zone: "Asia/Jakarta",
};

const named: readonly (readonly [slug: string, shortName: string, name: string])[] = [
  ["setjen", "Setjen", "Sekretariat Jenderal"],
  ["itjen", "Itjen", "Inspektorat Jenderal"],
  ["polpum", "Ditjen Polpum", "Direktorat Jenderal Politik dan Pemerintahan Umum"],
  ["bina-adwil", "Ditjen Bina Adwil", "Direktorat Jenderal Bina Administrasi Kewilayahan"],
  ["otda", "Ditjen Otda", "Direktorat Jenderal Otonomi Daerah"],
  ["bina-bangda", "Ditjen Bina Bangda", "Direktorat Jenderal Bina Pembangunan Daerah"],
  ["bina-pemdes", "Ditjen Bina Pemdes", "Direktorat Jenderal Bina Pemerintahan Desa"],
  ["bina-keuda", "Ditjen Bina Keuda", "Direktorat Jenderal Bina Keuangan Daerah"],
  ["dukcapil", "Ditjen Dukcapil", "Direktorat Jenderal Kependudukan dan Pencatatan Sipil"],
  ["bskdn", "BSKDN", "Badan Strategi Kebijakan Dalam Negeri"],
  ["bpsdm", "BPSDM", "Badan Pengembangan Sumber Daya Manusia"],
  ["ipdn", "IPDN", "Institut Pemerintahan Dalam Negeri"],
];

const component = (code: string, shortName: string, name: string) => ({
  code,
  name,
  short_name: shortName,
  kind: "component",
  parent: ministryCode,
  government: ministryCode,
  zone: "Asia/Jakarta",
  // The voice of the ministry and its services to everybody are asked most.
  score_class: ["kemendagri-setjen", "kemendagri-dukcapil"].includes(code) ? ("A" as const) : ("B" as const),
});

/** The ministry's components, and BNPP, which is its neighbour. */
export const components = () => [
  ...named.map(([slug, shortName, name]) => component(`${ministryCode}-${slug}`, shortName, name)),
  component("bnpp", "BNPP", "Badan Nasional Pengelola Perbatasan"),
];

const kalimantanWib = new Set(["61", "62"]);
const wita = new Set(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"]);

/** The time zone of a province by its code: the east in WITA and WIT, everything else in WIB. */
function zoneOf(province: string): Zone {
  if (kalimantanWib.has(province)) return "Asia/Pontianak";
  if (wita.has(province)) return "Asia/Makassar";
  return Number(province) >= 81 ? "Asia/Jayapura" : "Asia/Jakarta";
}

/** Jakarta's six areas are administered by the province and are no governments of their own. */
const isAdministrative = (name: string) => /^(Kabupaten|Kota) Administrasi /.test(name);

function region(code: string, name: string): UnitRow {
  const province = code.slice(0, 2);
  const zone = zoneOf(province);
  if (code === province) return { code, name, short_name: name, kind: "province", parent: ministryCode, government: code, zone };
  const administrative = isAdministrative(name);
  return {
    code,
    name,
    short_name: name.replace(/^(Kabupaten|Kota) Administrasi /, "").replace(/^Kabupaten /, "Kab. "),
    kind: administrative ? "administrative_area" : name.startsWith("Kota ") ? "city" : "regency",
    parent: province,
    government: administrative ? province : code,
    zone,
  };
}

/** The ministry with its components and BNPP, and every province, kabupaten and kota; districts are no units here. */
export function nation(): UnitRow[] {
  const regions = readTable<{ kode: string; nama: string }>("wilayah.csv").filter(({ kode }) => kode.length <= 5);
  return [ministry, ...components(), ...regions.map(({ kode, nama }) => region(kode, nama.trim()))];
}
