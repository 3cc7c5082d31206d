/** Captions of the ministry's components, with the gaps of phrases.ts: {desa} and {lain} are kabupaten or kota, {kec} is a province. */
export const componentCaptions: readonly string[] = [
  "Rapat koordinasi daring {hari} pukul {jam} WIB untuk {kec}: pendaftaran dibuka sampai {depan}, bahan paparan bisa diunduh gratis, dan pertanyaan dari {desa} dijawab tertulis paling lama {n} hari kerja.",
  "Layanan konsultasi {unit} pada {tanggal} buka pukul 08.00–15.30 WIB, luring dan daring. Bawa surat tugas; {n} pemerintah daerah sudah terlayani pekan ini, terbanyak dari {kec}.",
  "Hasil evaluasi {bulan}: {m} dari 100 pemerintah daerah melapor tepat waktu. Yang belum, termasuk {desa} dan {lain}, sudah kami hubungi dan diberi waktu sampai {depan}.",
  "Surat edaran baru {unit} berlaku mulai {depan}. Tiga yang berubah: formulir menjadi satu halaman, tidak ada biaya, dan batas lapor menjadi {n} hari kerja. Daerah di {kec} boleh memakai format lama sampai akhir {bulan}.",
  "Waspada pesan yang mengaku dari {unit} dan meminta uang untuk kenaikan status daerah. Layanan kami gratis. Sejak {tanggal} sudah {n} nomor kami laporkan; kirim tangkapan layarnya lewat pesan langsung.",
  "Pendampingan penyusunan laporan untuk {desa}, {lain}, dan daerah lain di {kec}: {depan} pukul {jam} WIB, {puluh} tempat, tanpa biaya. Jadwal daerah berikutnya diumumkan di sini.",
  "Menjawab pertanyaan dari {desa}: apakah berkas bisa disusulkan? Bisa, paling lambat {depan}. Kirim lewat aplikasi, bukan lewat perorangan; {n} berkas pekan lalu selesai di hari yang sama.",
  "Realisasi anggaran {unit} sampai {bulan}: {m} persen. Yang terbesar untuk pendampingan daerah di {kec}. Rinciannya terbuka dan boleh dikutip.",
  "Data terbaru per {tanggal}: {puluh} kabupaten dan kota memenuhi standar pelayanan, naik {n} dibanding triwulan lalu. {desa} naik paling cepat, {kec} paling merata.",
  "Ralat: jadwal sosialisasi untuk {desa} yang kami umumkan pindah ke {depan} pukul {jam} WIB. Mohon maaf atas kekeliruan ini; {n} peserta yang terdaftar kami hubungi hari ini.",
  "Lowongan magang di {unit} dibuka sampai {depan}: {n} orang, semua jurusan, tanpa biaya. Syaratnya surat dari kampus; hasil seleksi diumumkan terbuka.",
  "Bimbingan teknis {hari}: {puluh} aparatur dari {desa} dan {lain} berlatih menyusun anggaran berbasis kinerja. Materinya bisa diunduh gratis oleh daerah lain sampai {depan}.",
];

/** Where the ministry's components speak of. */
export const places: readonly string[] =
  "Kabupaten Tegal,Kabupaten Bintan,Kota Surakarta,Kabupaten Wonogiri,Kota Pontianak,Kabupaten Gowa,Kota Mataram,Kabupaten Sleman,Kota Ambon,Kabupaten Jember,Kota Padang,Kabupaten Banggai,Kota Ternate,Kabupaten Ende,Kota Banjarmasin,Kabupaten Merauke".split(
    ",",
  );
export const provinces: readonly string[] =
  "Jawa Tengah,Kepulauan Riau,Sulawesi Selatan,Nusa Tenggara Barat,Maluku,Kalimantan Barat,Sumatera Barat,Jawa Timur,Papua Selatan,Bali".split(
    ",",
  );
