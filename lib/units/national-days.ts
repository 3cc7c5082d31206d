/** National days on which work goes on, but of which agencies like to speak. Each year on the same date (docs/platform-facts.md tells which were checked). */

const fixed: Readonly<Record<string, string>> = {
  "02-09": "Hari Pers Nasional",
  "04-21": "Hari Kartini",
  "05-02": "Hari Pendidikan Nasional",
  "05-20": "Hari Kebangkitan Nasional",
  "05-29": "Hari Lanjut Usia Nasional",
  "06-29": "Hari Keluarga Nasional",
  "07-23": "Hari Anak Nasional",
  "08-14": "Hari Pramuka",
  "09-09": "Hari Olahraga Nasional",
  "09-24": "Hari Tani Nasional",
  "10-01": "Hari Kesaktian Pancasila",
  "10-02": "Hari Batik Nasional",
  "10-22": "Hari Santri",
  "10-28": "Hari Sumpah Pemuda",
  "11-10": "Hari Pahlawan",
  "11-12": "Hari Kesehatan Nasional",
  "11-25": "Hari Guru Nasional",
  "12-13": "Hari Nusantara",
  "12-19": "Hari Bela Negara",
  "12-20": "Hari Kesetiakawanan Sosial Nasional",
  "12-22": "Hari Ibu",
};

/** The national day that falls on a local day ("2026-11-25"); null on most. */
export const nationalDay = (day: string): string | null => fixed[day.slice(5)] ?? null;
