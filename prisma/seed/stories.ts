import { firstResponse } from "#lib/inbox/deadlines/deadlines.ts";
import type { TakenPost } from "#lib/posts/intake.ts";
import type { Counters, DemoChannel } from "./channels.ts";
import { judge, kindOf } from "./comments.ts";
import { calendar, MINUTE, workingMinutesAgo } from "./days.ts";
import type { Thread } from "./threads.ts";
import { governments } from "./units.ts";

/** A conversation of which more is told than its words: what became of it stands in inbox-work.ts. */
type Story = {
  unit: string;
  name: string;
  text: string;
  /** Working minutes since it was said. */
  before: number;
  /** What the agency has answered, and how many working minutes after. */
  answer?: { text: string; after: number };
};

const day = 480;

export const stories = {
  cut: {
    unit: "dinsos",
    name: "Kartinah",
    before: 2 * day,
    text: "Bu, bantuan untuk tetangga saya dipotong dua ratus ribu sama yang membagikan, katanya uang lelah. Tolong jangan sebut nama saya, takut dicoret dari daftar.",
    answer: {
      after: 95,
      text: "Terima kasih sudah berani bercerita, Bu. Bantuan tidak boleh dipotong untuk apa pun. Kami cek ke desa hari ini, nama Ibu tidak kami sebut.",
    },
  },
  sewing: {
    unit: "dinsos",
    name: "Slamet Riyadi",
    before: 60,
    text: "Bu, pelatihan menjahit untuk difabel gelombang dua dibuka kapan? Kuotanya berapa?",
  },
  thesis: {
    unit: "dinsos",
    name: "Anisa Fitri",
    before: 4 * day,
    text: "Permisi, saya mahasiswa, mohon data jumlah penerima PKH tiap desa tahun 2025 untuk skripsi. Bagaimana prosedurnya?",
    answer: {
      after: 120,
      text: "Bisa, Mbak Anisa. Silakan isi formulir PPID di loket atau lewat pesan langsung; jawabannya paling lambat 10 hari kerja setelah formulir lengkap.",
    },
  },
  parcel: {
    unit: "dinsos",
    name: "Murni Asih",
    before: 3 * day,
    text: "Lapor, beras bantuan tahap III di Kedungbanteng berkutu dan berbau, sudah lapor ke penyalur tidak diganti.",
    answer: {
      after: 200,
      text: "Mohon maaf, Bu Murni. Paket yang rusak wajib diganti; laporannya kami teruskan ke penyalur dan ke LAPOR!.",
    },
  },
  number: {
    unit: "dinsos",
    name: "Wiryo",
    before: 3 * day + 200,
    text: "Min kalau ada kabar soal kartu sembako tolong WA saya 0812 0000 4471, HP anak saya rusak",
    answer: {
      after: 150,
      text: "Baik, Pak Wiryo. Demi keamanan, nomor sebaiknya dikirim lewat pesan langsung, ya. Kabarnya kami sampaikan di sana.",
    },
  },
  ageing: {
    unit: "kec-adiwerna",
    name: "Khotimah",
    before: 140,
    text: "Pak Camat, Mbah Rasem tetangga saya sekarang hidup sendiri dan belum terdata bantuan lansia. Mengusulkannya ke mana?",
  },
  uniform: {
    unit: "dikbud",
    name: "Suyatno",
    before: 260,
    text: "Anak tetangga saya keluarga PKH tapi tidak dapat bantuan seragam. Apa syaratnya memang beda, Bu?",
  },
  lamp: {
    unit: "dpu",
    name: "Tarwadi",
    before: 300,
    text: "Lampu jalan depan balai desa Karangjati sudah tiga minggu tidak menyala, mohon diperbaiki.",
  },
  wrongName: {
    unit: "kec-slawi",
    name: "Endang Sri",
    before: 2 * day + 60,
    text: "Nama anak saya di kartu keluarga salah satu huruf, sudah setor berkas di kecamatan dua minggu belum ada kabar.",
    answer: { after: 180, text: "Mohon maaf, Bu Endang. Berkasnya kami tanyakan ke Disdukcapil dan kami kabari di sini." },
  },
  loan: {
    unit: "dinsos",
    name: "Dana Cepat 88",
    before: day + 90,
    text: "PROMO pinjaman cair 5 menit tanpa jaminan, khusus penerima bansos! Klik link di bio atau DM admin, limit 50 juta",
  },
  named: {
    unit: "dinsos",
    name: "Ratna W",
    before: day + 30,
    text: "Pelayanan loket dua mengecewakan sekali, petugasnya yang rumahnya sebelah masjid Kalisapu itu judes dan lambat.",
    answer: {
      after: 100,
      text: "Mohon maaf atas pelayanan yang Ibu alami. Atasan petugas sudah kami beri tahu dan jam loket sedang kami tinjau.",
    },
  },
} as const satisfies Record<string, Story>;
export type StoryName = keyof typeof stories;

/** The stories of an account's agency, under its last post but two. A post is moved back where it would be younger than its comment. */
export function storyThreads(channel: DemoChannel, posts: readonly TakenPost[], counters: Counters, now: Date): Thread[] {
  const own = Object.values<Story>(stories).filter(({ unit }) => channel.unit.code === `${governments.tegal}-${unit}`);
  const post = posts.at(-3);
  if (!post) return [];
  return own.map(({ name, text, before, answer }): Thread => {
    const sentAt = workingMinutesAgo(now, before);
    const earliest = new Date(sentAt.getTime() - 180 * MINUTE);
    if (post.publishedAt > earliest) post.publishedAt = earliest;
    const comment = judge({ id: "", text });
    const answeredAt = answer ? workingMinutesAgo(now, before - answer.after) : null;
    const own = channel.unit.name;
    const said = [{ number: counters.comment(), text: comment.masked, masked: comment.found, sentAt, own: false, authorName: name }];
    if (answer && answeredAt)
      said.push({ number: counters.comment(), text: answer.text, masked: [], sentAt: answeredAt, own: true, authorName: own });
    const due = answer ? null : firstResponse(kindOf(comment.judged), sentAt, calendar);
    return { channel, post, citizen: { remoteId: counters.citizen(), name }, comment, said, due, answeredAt, closedAt: null };
  });
}
