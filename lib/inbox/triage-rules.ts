/**
 * The words by which a citizen's message is sorted, readable by the people whose inbox it sorts. A message earns a
 * rule's weight once for each different word found; a trailing * stands for any ending. Words are written the way
 * `normalise` leaves them: small letters, common abbreviations spelled out.
 */

import type { Kind } from "./kinds.ts";

export type WordRule<Target extends string> = { code: string; adds: Target; weight: number; words: readonly string[] };

const list = (text: string): readonly string[] => text.split(",").map((word) => word.trim());

/** Spoken and abbreviated forms, as whole words. */
// biome-ignore format: a table to read, not code
export const spellings: Readonly<Record<string, string>> = {
  yg: "yang", nyang: "yang", ga: "tidak", gak: "tidak", nggak: "tidak", ngga: "tidak", kagak: "tidak", tak: "tidak", ora: "tidak", kaga: "tidak", gk: "tidak",
  udh: "sudah", udah: "sudah", sdh: "sudah", ude: "sudah", dah: "sudah", wis: "sudah", tos: "sudah", blm: "belum", dereng: "belum", durung: "belum",
  brp: "berapa", dmn: "di mana", dimana: "di mana", gmn: "bagaimana", gimana: "bagaimana", pimen: "bagaimana", kumaha: "bagaimana", kpn: "kapan", knp: "kenapa",
  tlg: "tolong", donk: "dong", jgn: "jangan", bs: "bisa", hrs: "harus", kudu: "harus", utk: "untuk", dgn: "dengan", dr: "dari", krn: "karena", tp: "tapi",
  trs: "terus", jg: "juga", jd: "jadi", kl: "kalau", kalo: "kalau", klo: "kalau", nek: "kalau", upami: "kalau", menawi: "kalau", aja: "saja", doang: "saja", bae: "saja",
  bgt: "banget", org: "orang", thn: "tahun", taun: "tahun", tiap: "setiap", mgg: "minggu", bln: "bulan", kmrn: "kemarin", skrg: "sekarang", smp: "sampai", sampe: "sampai",
  msh: "masih", tgl: "tanggal", dpt: "dapat", bkn: "bukan", makasih: "terima kasih", makasi: "terima kasih", terimakasih: "terima kasih", trims: "terima kasih",
  suwun: "terima kasih", kuy: "ayo", bikin: "buat", gawe: "buat", adain: "adakan", pengen: "ingin", pgn: "ingin", tengok: "lihat", kaye: "seperti", kyk: "seperti",
};

// biome-ignore format: a table to read, not code
export const kindRules: readonly WordRule<Kind>[] = [
  { code: "asks", adds: "question", weight: 1.4, words: list("apakah, berapa, bagaimana, tanya, syarat, syaratnya, persyaratan*, nopo, naon, tangkled, tumaros, pencerahan, jam berapa, bedanya, info apakah, mohon info") },
  { code: "asks", adds: "question", weight: 0.8, words: list("kapan, di mana, mana, apa, siapa, atau, boleh, bole, jadwal*, bisa tidak, tidak ya, ya min, ya kak, biaya*, link daftar*, daftarnya, batas akhir, caranya, cara, cek nama, masih bisa, pendaftaran, stok, khusus, urus, mengurus, ngurus") },
  { code: "reports-fault", adds: "complaint", weight: 1.2, words: list("rusak, hancur*, parah, dibiarkan, jelek, kotor, becek, berdebu, bising, macet, lambat, lelet, tumbang, buruk, kecewa, mengecewakan, ilang, mampet, bocor*, bolong*, lubang, berlubang, mati total, pejah, meluber, ambles, gelap, error, gagal, kosong melompong, diabaikan, belum jadi, belum dijawab, belum ada, tidak dibales, tidak dibalas, tidak diangkut, tidak mengalir, tidak cair, tidak menyala, tidak nyala, tidak dikasih, belum dibagi*, belum dievakuasi, mati, padam, longsor, kebanjiran, menumpuk, tidak ada kabar, antri obat, hangus, apek, miring, ngelupas, hilang, retak, terbengkalai, menganga, tergeser, ditagih, nunggak, nonaktif, non aktif, tidak ada petugas, licin, nyangkut, centang satu, dipindah, bau, bolak-balik") },
  { code: "reports-fault", adds: "complaint", weight: 0.8, words: list("disuruh, masih, padahal, sampai sekarang, belum, keluhan, mengeluh, komplain, lapor, dilapor*, tolong, mohon penanganan*, mohon dibantu, mohon penjelasan, liar, pungli, minta duit, uang lelah, karcis, dicuri, kebakaran, petugas, keruh, sampah, lama, dijanjikan, katanya, ga ada yang, siapa yang tanggung jawab, sudah dari, kosong, habis, telat, mau mengadu, diduga, terus alasannya, sesak") },
  { code: "says-since-when", adds: "complaint", weight: 1, words: list("sudah # hari, sudah # minggu, sudah # bulan, sudah seminggu, seminggu, sudah sebulan, sasasih, kalih minggu, # bulan lalu, # minggu, bulan lalu, # kali, berhari-hari, # hari, tiga minggu, dua minggu, dua bulan, # tahun didiemin, setiap senin, setiap subuh") },
  { code: "wishes", adds: "aspiration", weight: 2, words: list("usul*, mengusulkan, semoga ada, harap ade, harap ada, berharap, harapan*, ingin ada, mugi, mugia, kalau bisa, bagaimana kalau, mohon dibangun*, mohon dipertimbangkan, diperbanyak, adakan, kapan ya, butuh, mending buat") },
  { code: "wishes", adds: "aspiration", weight: 0.9, words: list("dong, semoga, ingin, beasiswa, pelatihan, gratis, supaya, biar, coba, contoh, bantuan, disediakan, setiap rw, murah, jalur sepeda") },
  { code: "suggests", adds: "feedback", weight: 2, words: list("saran, masukan, sebaiknya, lain kali, alt text, bahasa isyarat, caption, takarir, font*, template, volume, audio, mic, slide, formulir pdf, dibikin lebih jelas, dibuat lebih jelas") },
  { code: "suggests", adds: "feedback", weight: 0.9, words: list("jangan, videonya, video, musik*, ditampilkan, diberi, loket, kaunter, pengumuman*, statusnya, bio, posternya, website, biar tidak, lebih jelas, jelas, dibenerin, kasih, simulasi, gantian, bacanya") },
  { code: "reproaches", adds: "criticism", weight: 1.5, words: list("bohong, pembohong, percuma, gagal total, seremonial, slogan, pencitraan, jargon, baliho, kebijakan, rakyat, studi banding, kroni, formalitas, penghargaan, pejabat*, rahasia umum, giliran, digitalisasi, smart city, tepat sasaran, omong, janji, kerja nyata, dananya, dana desa, konten, mlarat, kata siapa, di atas kertas, transparan") },
  { code: "reproaches", adds: "criticism", weight: 0.8, words: list("cuma, saja, mulu, setiap tahun, unggal, anggaran, hebat, mana, ternyata, tidak pernah, siapa, hukum, naik, satu pun, dari dulu, aplikasi, rapat*, peringkat, kualitas*, beraninya, katanya, izin, bupati, gubernur, ribut, sama saja, tetap, lupa lagi, kerja") },
  { code: "praises", adds: "praise", weight: 1.6, words: list("memuaskan, puas, membantu banget, sangat membantu, mantap, mantul, keren, salut, respect, bangga, bangge, proud, the best, tahniah, ajib, hatur nuhun, matur nuwun, pahlawan, terbaek*, terbaik, pertahankan, alhamdulillah, 10/10, telaten, sigap, di luar ekspektasi, tidak buruk, bungah, berubah, gampang dipahami, responnya cepat, pelayanannya gercep, tidak nyangka, beres") },
  { code: "praises", adds: "praise", weight: 1, words: list("terima kasih, bagus, hebat, ramah, cepat, gercep, bersih, resik, lancar, cakep, semangat, sabar, makin, tidak ribet, tidak ada calo, kenceng, alus, cakap, akhirnya, sudah diperbaiki, diakui, bening, baik*, sehat selalu") },
  { code: "requests-document", adds: "information_request", weight: 2.5, words: list("ppid, keterbukaan informasi, salinan, notulen, soft copy, rincian realisasi, dokumen, uu no, amdal, permohonan informasi, minta data, minta file, data jumlah, meminta laporan") },
  { code: "requests-document", adds: "information_request", weight: 1, words: list("skripsi, tugas akhir, penelitian, tesis, dpa, rka, rdtr, peta, anggaran berjalan, daftar penerima, mohon salinan, bersurat, hak kami") },
  { code: "spreads-rumour", adds: "hoax", weight: 2.2, words: list("sebarkan, sebar, info penting, kabarnya, ade kabar, ada kabar, penipuan, hoaks, hoax, denger-denger, denger2, beneran, ini asli, betul ke, kata grup, viralkan, mandul, chip, nyedot, jalur khusus, jangan mau, jangan install, penculik*, share screen, ngaku dari") },
  { code: "spreads-rumour", adds: "hoax", weight: 1, words: list("katanya, di wa ada, ada link, transfer ongkir, akun @, jebol, dihapus total, asli, grup sebelah, yang bilang, sudah pasti lolos, kemensos, giveaway") },
  { code: "insults", adds: "hate_speech", weight: 2.5, words: list("kafir, monyet, tolol, goblok, bangsat, babi, bajingan, keparat, mati saja, usir, haram dipimpin, dasar ras, dekil, kepala lo, kepala lu, gue bunuh, bunuh, suku itu, pendatang2, golongan mereka") },
  { code: "insults", adds: "hate_speech", weight: 1, words: list("anjing, azab, pecah, bacok, gw tunggu, siap2, ras, muka, geli") },
  { code: "advertises", adds: "spam", weight: 2.5, words: list("slot, gacor, maxwin, togel, depo, pinjaman online, follback, sub4sub, joki, pelangsing, follower, tembus, bi checking, ketik amin, tanpa bi, jual tanah, cek bio, link di profil, channel saya, follow akun, jual follower, gaji # juta, info loker gaji, win") },
  { code: "advertises", adds: "spam", weight: 1, words: list("jual, jasa, promo, giveaway, dm saja, minat, ready, wd, nego, inbok, hub wa, garansi, fast respon, amanah, cair, chat aq, modal, daftar telegram, kang, main di sini, like & share, shm, refill, loker") },
];

// biome-ignore format: a table to read, not code
/** Danger to life, body or shelter now: at least 1 in sum makes a message urgent. */
export const urgentRules: readonly WordRule<"urgent">[] = [
  { code: "danger", adds: "urgent", weight: 1, words: list("kebakaran, api sudah, dievakuasi, evakuasi, terjebak, gemuruh, kesetrum, tersetrum, patah tangan, patah kaki, dijahit, nyemplung, sesak, melecehkan, dilecehkan, memperkosa, penculik*, ngungsi, pengungsian, keracunan, pingsan, kritis, tidak makan, tidak sadar, urgent, tenggelam, hanyut, longsor, roboh, ambruk, gempa, kepala lo pecah, bunuh, meninggal, mau jebol, korban lagi, bau solar, bau gas, kebocoran gas, operasi, berebut, ledakan, meledak, bom, kecelakaan, tabrakan, tewas, menutup jalan, sampai dada, sampai leher, sampai atap, diserang") },
  { code: "danger", adds: "urgent", weight: 0.5, words: list("tolong, bayi, kemasukan air, tumbang, menggigit, digigit, luka, terluka, banjir, sepinggang, lansia, balita, korban, jatuh, darurat, miring, kabel, hujan deras, besok pagi, hari ini, malam ini, igd, ambulans, damkar, retak, ketakutan, tidak bisa diminum, darah, angin") },
];

// biome-ignore format: a table to read, not code
/** Matters to handle with a second pair of eyes: corruption, violence, ethnicity and religion, whistle-blowers. */
export const sensitiveRules: readonly WordRule<"sensitive">[] = [
  { code: "corruption", adds: "sensitive", weight: 1, words: list("pungli, korupsi, kroni, suap, kpk, uang lelah, minta duit, jalur khusus, di atas het, sumbangan, titipan, minta uang, setoran") },
  { code: "violence", adds: "sensitive", weight: 1, words: list("melecehkan, dilecehkan, perkosa*, memperkosa, cabul, pencabulan, penculik*, kdrt, bunuh, kepala lo pecah, bacok, bunuh diri") },
  { code: "ethnicity-religion", adds: "sensitive", weight: 1, words: list("kafir, suku itu, ras, pribumi, golongan mereka, monyet, pendatang2, sesat, cina") },
];
