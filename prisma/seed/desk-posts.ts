import { db } from "#lib/core/db.ts";
import { MINUTE, onWorkingDay, workingMinutesAgo } from "./days.ts";
import { DeskPost, type DeskUnit, deskUnit } from "./desk.ts";
import { clearDesk, markFailed, markManual, publishedPosts } from "./desk-outcomes.ts";
import { governments } from "./units.ts";

const inTegal = (slug: string) => `${governments.tegal}-${slug}`;

/** Posts of our own in every state and the verifier's queue. Returns how many posts there are. */
export async function fillDesk(now: Date): Promise<number> {
  await clearDesk();
  const dinsos = await deskUnit(inTegal("dinsos"));
  await openWork(dinsos, now);
  await closedWork(dinsos, now);
  await onTheWay(dinsos, now);
  await queue(now);
  await publishedPosts(dinsos, 8, now);
  for (const slug of ["disdukcapil", "diskominfo", "dinkes", "dishub", "dpmptsp", "kec-adiwerna"])
    await publishedPosts(await deskUnit(inTegal(slug)), 2, now);
  return db.post.count();
}

const ago = (now: Date, minutes: number) => workingMinutesAgo(now, minutes);

/** Drafts, one that came back, and the one that is handed in for the second time with another text. */
async function openWork(dinsos: DeskUnit, now: Date) {
  await new DeskPost(dinsos).write(ago(now, 200), {
    to: "both",
    pillar: "program",
    publishAt: onWorkingDay(now, 5, 10),
    text: "Penyaluran bantuan sembako tahap IV\n\nDimulai akhir bulan ini dari Kecamatan Adiwerna. Bawa KTP dan kartu keluarga asli, tidak dipungut biaya. Undangan dibagikan lewat desa; kalau sampai dua hari sebelumnya belum menerima, tulis di kolom komentar.",
  });
  await new DeskPost(dinsos).write(ago(now, 620), {
    to: "facebook",
    pillar: "edukasi",
    text: "Tiga pintu membetulkan data bansos\n\n1. Musyawarah desa\n2. Usul-sanggah di aplikasi Cek Bansos\n3. Loket kami\n\n(lengkapi dengan angka dari Bidang Linjamsos)",
  });
  const returned = await new DeskPost(dinsos).write(ago(now, 900), {
    to: "facebook",
    pillar: "hasil",
    publishAt: onWorkingDay(now, 2, 9),
    text: "Rumah singgah Slawi melayani 38 warga telantar bulan ini, 31 sudah kembali ke keluarga. Melihat lansia atau penyandang disabilitas mental di jalan? Kirim lokasinya lewat pesan langsung, jangan unggah fotonya.",
  });
  await returned.submit(ago(now, 880));
  await returned.decide(
    ago(now, 420),
    "return",
    "Mohon sumber angka 38 dan 31 dicantumkan, dan gunakan istilah orang dengan gangguan jiwa sesuai pedoman.",
  );

  const body =
    "Pendataan menjadi dasar pemberian makanan harian dan pendampingan kesehatan.\n\nJika Bapak/Ibu mengetahui warga lanjut usia yang hidup sendiri dan membutuhkan bantuan, mohon sampaikan melalui pesan ke akun ini atau ke kantor kecamatan.";
  const elderly = { to: "both", pillar: "informasi", publishAt: onWorkingDay(now, 1, 16) } as const;
  const again = await new DeskPost(dinsos).write(ago(now, 760), {
    ...elderly,
    text: `Pendataan lansia terlantar triwulan IV\n\nDinas Sosial mendata 214 lansia terlantar di 18 kecamatan. ${body} Hubungi petugas kami di kantor.`,
  });
  await again.submit(ago(now, 740));
  await again.decide(
    ago(now, 300),
    "return",
    "Sumber angka 214 belum dicantumkan. Mohon gunakan istilah lanjut usia pada kalimat pertama.",
  );
  await again.write(ago(now, 60), {
    ...elderly,
    source: "Bidang Rehabilitasi Sosial",
    sourceDocument: "Laporan pendataan triwulan IV 2026",
    text: `Pendataan lanjut usia terlantar triwulan IV\n\nDinas Sosial mendata 214 warga lanjut usia terlantar di 18 kecamatan sepanjang triwulan IV (Bidang Rehabilitasi Sosial). ${body} Nama pelapor kami rahasiakan.`,
  });
  await again.submit(ago(now, 50));
}

/** What goes out in the next days. */
async function onTheWay(dinsos: DeskUnit, now: Date) {
  const planned = [
    {
      days: 1,
      hour: 10,
      to: "both",
      text: "Jadwal layanan rehabilitasi sosial\n\nKonsultasi keluarga Senin–Kamis pukul 08.00–14.00 WIB di ruang pelayanan, Jumat sampai 11.00 WIB. Tanpa biaya dan tanpa surat pengantar; yang tidak bisa datang dapat meminta kunjungan rumah lewat pesan langsung.",
    },
    {
      days: 3,
      hour: 8,
      to: "facebook",
      text: "Syarat rekomendasi PBI daerah\n\nFotokopi KTP dan KK, surat keterangan desa, dan kartu BPJS lama bila ada. Berkas lengkap selesai di hari yang sama. Yang sedang dirawat boleh diurus keluarga, cukup foto surat rumah sakit.",
    },
  ] as const;
  for (const { days, hour, to, text } of planned) {
    const post = await new DeskPost(dinsos).write(ago(now, 1000), {
      to,
      text,
      pillar: "layanan",
      publishAt: onWorkingDay(now, days, hour),
    });
    await post.submit(ago(now, 980));
    await post.decide(ago(now, 640), "approve");
  }
}

/** A failure, one that waits to be posted by hand, one approved too late, one refused, one called off. */
async function closedWork(dinsos: DeskUnit, now: Date) {
  const source = "Bidang Perlindungan dan Jaminan Sosial";
  const make = async (text: string, to: "facebook" | "instagram", publishAt: Date, approveAt: Date) => {
    const post = await new DeskPost(dinsos).write(ago(now, 2000), { to, text, source, pillar: "edukasi", publishAt });
    await post.submit(ago(now, 1980));
    return post.decide(approveAt, "approve");
  };
  const failedAt = ago(now, 190);
  const failed = await make(
    "Cek penerima bansos sendiri: buka cekbansos.kemensos.go.id, pilih wilayah, tulis nama sesuai KTP. Tidak ada biaya, tidak perlu perantara.",
    "facebook",
    failedAt,
    ago(now, 1200),
  );
  await markFailed(failed.postId!, failedAt);
  const manualAt = ago(now, 72);
  const manual = await make(
    "Cara cek penerima bansos dalam empat langkah. Simpan unggahan ini dan kirim ke tetangga yang belum tahu. Kalau ragu, tanya di kolom komentar.",
    "instagram",
    manualAt,
    ago(now, 1100),
  );
  await markManual(manual.postId!, manualAt);
  await make(
    "Pelatihan servis ponsel untuk teman tuli angkatan kedua dibuka: 20 kursi, gratis, di belakang Pasar Trayeman. Daftar lewat pesan langsung.",
    "facebook",
    ago(now, 700),
    ago(now, 520),
  );

  const refused = await new DeskPost(dinsos).write(ago(now, 2600), {
    to: "facebook",
    pillar: "seremoni",
    text: "Kepala Dinas mendampingi Bupati menyerahkan santunan. Terima kasih atas dukungan semua pihak, lanjutkan dua periode!",
  });
  await refused.submit(ago(now, 2580));
  await refused.decide(
    ago(now, 2300),
    "reject",
    "Kalimat terakhir melanggar netralitas ASN. Tulis ulang sebagai informasi bantuan, tanpa nama pejabat.",
  );
  const dropped = await new DeskPost(dinsos).write(ago(now, 3000), {
    to: "facebook",
    pillar: "informasi",
    text: "Senam lansia bersama di alun-alun Sabtu pagi.",
  });
  await dropped.cancel(ago(now, 2700));
}

/** What else waits for the named verifier, soonest first. */
async function queue(now: Date) {
  const waiting = [
    {
      slug: "bpbd",
      minutes: 25,
      publishAt: new Date(now.getTime() + 45 * MINUTE),
      pillar: "peringatan",
      text: "Peringatan dini hujan lebat wilayah selatan\n\nHujan lebat disertai angin diperkirakan sampai malam di Bumijawa, Bojong, dan Balapulang. Hindari tebing dan jembatan gantung. Posko 24 jam: tulis di kolom komentar atau hubungi balai desa terdekat.",
    },
    {
      slug: "dinas-perikanan",
      minutes: 480,
      publishAt: onWorkingDay(now, 2, 8),
      pillar: "layanan",
      text: "Jadwal pasar ikan murah Suradadi\n\nPukul 06.00–10.00 WIB di TPI Suradadi. Bandeng Rp22.000, lele Rp20.000 per kilogram, paling banyak lima kilogram per keluarga. Bawa wadah sendiri.",
    },
    {
      slug: "kec-adiwerna",
      minutes: 560,
      publishAt: onWorkingDay(now, 3, 7.5),
      pillar: "partisipasi",
      text: "Gotong royong bersih Sungai Gung\n\nKumpul pukul 07.00 WIB di jembatan Ujungrusi. Sarung tangan dan karung disediakan, truk pengangkut siap. Yang berhalangan boleh menitipkan air minum di kantor kecamatan.",
    },
  ] as const;
  for (const { slug, minutes, publishAt, pillar, text } of waiting) {
    const post = await new DeskPost(await deskUnit(inTegal(slug))).write(ago(now, minutes + 15), {
      to: "facebook",
      text,
      pillar,
      publishAt,
    });
    await post.submit(ago(now, minutes));
  }
}

/** What colleagues tell each other about two of the conversations that wait. */
