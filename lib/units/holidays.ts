/**
 * National holidays and joint leave as they are first entered into a government's editable table.
 * 2026 is decreed. 2027 is not: only its fixed dates are listed, as estimates, until the decree is out.
 */

export type Holiday = { day: string; name: string; kind: "holiday" | "joint-leave"; estimate: boolean };

const decreed2026: readonly (readonly [day: string, name: string])[] = [
  ["2026-01-01", "Tahun Baru 2026 Masehi"],
  ["2026-01-16", "Isra Mikraj Nabi Muhammad SAW"],
  ["2026-02-17", "Tahun Baru Imlek 2577 Kongzili"],
  ["2026-03-19", "Hari Suci Nyepi Tahun Baru Saka 1948"],
  ["2026-03-21", "Idulfitri 1447 Hijriah"],
  ["2026-03-22", "Idulfitri 1447 Hijriah"],
  ["2026-04-03", "Wafat Yesus Kristus"],
  ["2026-04-05", "Kebangkitan Yesus Kristus (Paskah)"],
  ["2026-05-01", "Hari Buruh Internasional"],
  ["2026-05-14", "Kenaikan Yesus Kristus"],
  ["2026-05-27", "Iduladha 1447 Hijriah"],
  ["2026-05-31", "Hari Raya Waisak 2570 BE"],
  ["2026-06-01", "Hari Lahir Pancasila"],
  ["2026-06-16", "1 Muharam Tahun Baru Islam 1448 Hijriah"],
  ["2026-08-17", "Proklamasi Kemerdekaan"],
  ["2026-08-25", "Maulid Nabi Muhammad SAW"],
  ["2026-12-25", "Kelahiran Yesus Kristus (Natal)"],
];

const jointLeave2026: readonly (readonly [day: string, name: string])[] = [
  ["2026-02-16", "Tahun Baru Imlek 2577 Kongzili"],
  ["2026-03-18", "Hari Suci Nyepi Tahun Baru Saka 1948"],
  ["2026-03-20", "Idulfitri 1447 Hijriah"],
  ["2026-03-23", "Idulfitri 1447 Hijriah"],
  ["2026-03-24", "Idulfitri 1447 Hijriah"],
  ["2026-05-15", "Kenaikan Yesus Kristus"],
  ["2026-05-28", "Iduladha 1447 Hijriah"],
  ["2026-12-24", "Kelahiran Yesus Kristus (Natal)"],
];

const fixed2027: readonly (readonly [day: string, name: string])[] = [
  ["2027-01-01", "Tahun Baru 2027 Masehi"],
  ["2027-05-01", "Hari Buruh Internasional"],
  ["2027-06-01", "Hari Lahir Pancasila"],
  ["2027-08-17", "Proklamasi Kemerdekaan"],
  ["2027-12-25", "Kelahiran Yesus Kristus (Natal)"],
];

export const nationalHolidays: readonly Holiday[] = [
  ...decreed2026.map(([day, name]) => ({ day, name, kind: "holiday" as const, estimate: false })),
  ...jointLeave2026.map(([day, name]) => ({ day, name, kind: "joint-leave" as const, estimate: false })),
  ...fixed2027.map(([day, name]) => ({ day, name, kind: "holiday" as const, estimate: true })),
].sort((a, b) => (a.day < b.day ? -1 : 1));

/** Ramadan as the ministry of religion set it; 2027 as its criterion of the new moon lets expect. Both days included. */
export const ramadanDays: readonly { from: string; to: string; estimate: boolean }[] = [
  { from: "2025-03-01", to: "2025-03-30", estimate: false },
  { from: "2026-02-19", to: "2026-03-20", estimate: false },
  { from: "2027-02-08", to: "2027-03-09", estimate: true },
];

/** The local days without work, for a `WorkingCalendar`. */
export function holidayDays(holidays: readonly Holiday[] = nationalHolidays): ReadonlySet<string> {
  return new Set(holidays.map((holiday) => holiday.day));
}
