import { places } from "./components.ts";
import type { Region } from "./units.ts";

/** Captions that fit any unit, with gaps: {unit} {hari} {tanggal} {depan} {bulan} {jam} {n} {m} {puluh} {desa} {lain} {kec}. */
export const usefulCaptions: readonly string[] = [
  "Rekap {unit} sampai {hari}: {puluh} permohonan masuk, {m} selesai tepat waktu. Sisanya menunggu berkas dari pemohon dan sudah kami hubungi satu per satu, paling banyak dari {kec}.",
  "Loket {unit} pada {tanggal} melayani pukul 07.30–15.30 WIB. Petugas beristirahat bergantian, jadi tidak perlu menunggu jam satu siang. Bawa KTP asli dan fotokopi KK, {n} menit biasanya selesai.",
  "Banyak yang tanya: apakah urusan di {unit} bisa diwakilkan? Bisa, cukup surat kuasa dan KTP kedua pihak. Untuk lansia dan difabel di {kec}, petugas yang datang ke rumah setiap {hari}.",
  "Kalau ada yang meminta uang untuk layanan {unit}, jangan diberi. Catat tanggal dan tempatnya, lalu kirim kepada kami. Sampai {tanggal} ada {n} laporan, semuanya sudah ditindaklanjuti Inspektorat.",
  "Sosialisasi program {unit} tahun depan: {depan} pukul {jam} WIB di Balai Desa {desa}. Terbuka untuk umum, kursi untuk {puluh} orang. Usulan warga dicatat dan dijawab tertulis paling lama {n} hari kerja.",
  "Menjawab pertanyaan warga {desa}: pintu depan kantor {unit} ditutup sampai {depan} karena saluran diperbaiki. Gunakan pintu timur, ada petugas yang mengarahkan. Loket tetap buka seperti biasa.",
  "Hasil survei {bulan}: {m} dari 100 pengunjung {unit} puas. Keluhan terbanyak adalah antrean pukul {jam}. Mulai {depan} loket ditambah satu dan nomor antrean bisa diambil dari rumah.",
  "Jadwal keliling {unit}: {hari} di {desa}, hari berikutnya di {lain}, pukul 09.00–13.00 WIB. Berkas yang lengkap selesai di tempat; pekan lalu {n} warga terlayani.",
  "Waspada akun yang mengaku {unit} dan meminta kode OTP. Kami tidak pernah menelepon untuk menanyakan sandi. Sejak {tanggal} sudah {n} nomor kami laporkan; simpan tangkapan layarnya dan kirim lewat pesan langsung.",
  "Formulir {unit} sekarang satu halaman. Yang dihapus: fotokopi rangkap, surat pengantar, dan materai. Berlaku mulai {depan}; formulir lama masih diterima di {kec} sampai akhir {bulan}.",
  "Pendaftaran magang di {unit} dibuka sampai {depan}. Kuota {n} orang untuk SMK dan mahasiswa, tanpa biaya. Penempatan di kantor dan di {kec}; syaratnya surat dari sekolah.",
  "Tindak lanjut laporan warga {desa} tanggal {tanggal}: sudah dicek ke lokasi, penyebabnya ditemukan, dan pekerjaan selesai {n} hari lebih cepat. Kalau di lapangan belum beres, kami buka kembali.",
  "Realisasi anggaran {unit} sampai {bulan}: {m} persen. Yang terbesar untuk layanan langsung di {kec} dan {desa}. Rinciannya ditempel di papan pengumuman dan boleh difoto.",
  "Hujan lebat diperkirakan turun {hari} sore. Warga {kec} yang akan ke kantor {unit} sebaiknya datang sebelum pukul {jam}; jalan di {desa} licin, hindari dulu bila bisa.",
  "Pelatihan gratis bersama {unit}, {depan} di {desa}: {puluh} kursi, makan siang disediakan, sertifikat diberikan. Daftar lewat perangkat desa atau langsung di tempat pukul {jam} WIB.",
  "Ralat: jadwal {unit} di {desa} yang kami umumkan pindah ke {depan} pukul {jam} WIB. Mohon maaf atas kekeliruan ini; {n} warga yang sudah mendaftar kami hubungi hari ini.",
  "Antrean {unit} paling sepi {hari} sekitar pukul {jam}. Data {bulan}: {puluh} orang, rata-rata menunggu {n} menit, {m} persen di bawah setengah jam. Yang dari {kec} bisa menitipkan berkas di kantor kecamatan.",
  "Kerja bakti {unit} dan warga {desa} {hari} pagi: {puluh} orang, saluran {m} meter kembali lancar. Berikutnya {lain}, kumpul {depan} pukul 06.30 WIB, alat kami bawakan.",
];

/** The same for districts. */
export const districtCaptions: readonly string[] = [
  "{unit} pekan ini: rekam dan cetak KTP-el setiap hari, aktivasi IKD {hari}, konsultasi tanah {depan}. Surat pengantar tidak diperlukan; {n} warga {desa} kemarin selesai sebelum pukul {jam}.",
  "Jalan {desa}–{lain} di {unit} ditutup {depan} pukul {jam}–15.00 WIB untuk perbaikan talut. Kendaraan dialihkan lewat {lain}; ambulans tetap bisa lewat dan dikawal petugas.",
  "Pendataan rumah tidak layak di {desa} selesai: {n} rumah diusulkan, {m} foto diperiksa. Daftarnya ditempel di kantor {unit} sampai {depan}. Nama yang terlewat boleh disusulkan.",
  "Posyandu lansia {desa}: {hari} pukul {jam} WIB. Cek tensi dan gula gratis, bawa kartu berobat. Bulan {bulan} {puluh} warga {unit} hadir, {n} dirujuk ke puskesmas.",
  "Musyawarah desa {desa} memutuskan {n} usulan prioritas: talut, lampu jalan, dan air bersih. Notulennya dibuka di {unit}; keberatan diterima sampai {depan}.",
  "Peringatan dini: air sungai di {desa} naik {n} sentimeter {hari} malam. Warga {unit} di bantaran mohon siaga, posko buka di balai desa {lain} sejak {tanggal}.",
  "Petugas {unit} mendatangi {n} rumah warga yang tidak bisa berjalan di {desa} untuk perekaman KTP. Tetangga yang tahu nama lain, hubungi perangkat desa sebelum {depan}.",
  "Bansos beras di {unit} disalurkan {depan} mulai pukul {jam} WIB: {desa} dulu, lalu {lain}. Boleh diwakilkan keluarga satu KK. Jangan mau dipotong sepeser pun.",
];

/** Half-credited: greetings and ceremonies. */
export const occasionCaptions: readonly string[] = [
  "Selamat pagi, warga {desa}. Semoga {hari} ini membawa berkah bagi kita semua. Salam hangat dari keluarga besar {unit}.",
  "Selamat hari jadi untuk {desa}. Semoga makin maju dan sejahtera. Salam dari {unit}, {tanggal}.",
  "Segenap jajaran {unit} mengucapkan selamat dan sukses kepada pengurus karang taruna {desa} yang baru.",
  "Turut berduka cita atas wafatnya tokoh masyarakat {desa}. Semoga keluarga diberi ketabahan. {unit}, {tanggal}.",
  "Pimpinan {unit} menghadiri silaturahmi bersama tokoh masyarakat {desa}, {tanggal}.",
  "Apel pagi {unit}, {tanggal}, dipimpin sekretaris di halaman kantor. Diikuti seluruh pegawai.",
  "Kepala {unit} menerima kunjungan kerja rombongan dari luar daerah di ruang rapat, {tanggal}.",
  "Senam bersama keluarga besar {unit} di lapangan {desa}, {tanggal}. Tetap bugar dan kompak.",
  "Penandatanganan nota kesepahaman {unit} dengan perguruan tinggi di aula, {tanggal}.",
  "Pelantikan pengurus baru paguyuban {desa} dihadiri {unit}, {tanggal}.",
];

/** What others wrote, passed on. */
export const repostCaptions: readonly string[] = [
  "Membagikan ulang dari Diskominfo provinsi: daftar hoaks yang beredar sampai {tanggal} beserta penjelasannya.",
  "Diteruskan dari BMKG: prakiraan cuaca {hari} untuk wilayah {kec} dan sekitarnya.",
  "Membagikan ulang dari Kementerian Dalam Negeri: panduan layanan kependudukan, {tanggal}.",
  "Diteruskan dari pemerintah provinsi: agenda {bulan} yang bisa diikuti warga {kec}.",
];

/** Before a caption that was used before. */
export const againLines: readonly string[] = [
  "Kami ulangi karena masih banyak yang bertanya, terutama dari {kec} ({tanggal}).",
  "Pengingat untuk warga {desa} dan {lain}, {tanggal}:",
  "Dari kolom komentar {hari} ini, jawaban lengkapnya untuk warga {kec}:",
  "{unit} mencatat {n} pertanyaan yang sama dari {desa} pekan ini. Ini jawabannya:",
  "Diperbarui {tanggal}, berlaku juga untuk warga {lain} dan {kec}.",
];

/** Where to turn to: what makes a caption complete. */
export const contactLines: readonly string[] = [
  "Pertanyaan? Tulis di kolom komentar atau kirim pesan langsung.",
  "Informasi: 0800-0000-{telp}, hari kerja 07.30–16.00 WIB.",
  "Kurang jelas? Kirim pesan langsung ke akun ini, kami bantu satu per satu.",
  "Hubungi kami di 0800-0000-{telp} atau lewat kolom komentar.",
];

export const villages: Record<Region, readonly string[]> = {
  tegal:
    "Kalibakung,Ujungrusi,Lawatan,Trayeman,Pesarean,Kalisapu,Procot,Pakembaran,Danawarih,Dukuhsalam,Tembok Luwung,Harjosari,Kaladawa,Pacul,Pepedan,Sidakaton,Bulakpacing,Penujah,Semedo,Tuwel,Rembul,Guci,Prupuk,Wanasari,Cenggini,Lebakgowah,Mindaka,Kesadikan,Bongkok,Suradadi".split(
      ",",
    ),
  bintan:
    "Toapaya Asri,Kijang Kota,Malang Rapat,Teluk Bakau,Busung,Sri Bintan,Lancang Kuning,Berakit,Penaga,Ekang,Sebong Lagoi,Gunung Lengkuas,Kawal,Numbing,Kelong,Mapur,Tanjung Uban,Pangkil,Tembeling,Bintan Buyu".split(
      ",",
    ),
  kemendagri: places,
};
