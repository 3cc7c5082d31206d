import { type Random, random } from "./random.ts";

const women =
  "Ratna,Dewi,Siti,Nur,Fitri,Wulan,Ayu,Endang,Sri,Lestari,Maya,Indah,Rahma,Yanti,Kartika,Nadia,Putri,Murni,Halimah,Zahra,Laras,Desi,Evi,Mega,Tiara,Winda,Yuliana,Anisa,Rukmini,Farida".split(
    ",",
  );
const men =
  "Budi,Slamet,Agung,Rizal,Fajar,Dimas,Arif,Bambang,Eko,Taufik,Wahyu,Hendro,Joko,Rudi,Imam,Galih,Yusuf,Teguh,Aditya,Bayu,Iwan,Mulyono,Ridwan,Sigit,Tarno,Zulkifli,Hafiz,Firman,Dedi,Kurnia".split(
    ",",
  );
const families =
  "Wibowo,Santoso,Rahayu,Pratama,Kusuma,Nugroho,Handayani,Saputri,Hidayat,Setiawan,Maulana,Utami,Permana,Susanti,Prasetyo,Hartono,Azizah,Suryani,Gunawan,Lestari,Firmansyah,Anggraini,Purnomo,Safitri,Wijaya,Maharani,Subekti,Cahyani,Ramadhan,Oktaviani,Suhendra,Kurniawati,Basuki,Yulianti,Iskandar,Puspita".split(
    ",",
  );

/** Invented full names, each once, in an order that is always the same. */
export function* fullNames(): Generator<string> {
  const { shuffle } = random("names");
  const givens = shuffle([...women, ...men]);
  const lasts = shuffle(families);
  for (let round = 0; round < lasts.length; round++) {
    for (const [index, given] of givens.entries()) {
      const last = lasts[(index + round) % lasts.length]!;
      if (last !== given) yield `${given} ${last}`;
    }
  }
}

/** How a citizen appears on a platform: a full name, a first name, a nickname. */
export function citizenName({ pick, chance }: Random): string {
  const given = pick(chance(0.5) ? women : men);
  if (chance(0.12)) return given;
  return chance(0.1) ? `${pick(["Mas", "Bu", "Pak", "Mbak"])} ${given}` : `${given} ${pick(families)}`;
}
