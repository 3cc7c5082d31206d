import { firstResponse } from "#lib/inbox/deadlines/deadlines.ts";
import type { TakenPost } from "#lib/posts/intake.ts";
import { dayMinutes, localDay } from "#lib/units/calendar.ts";
import type { Counters, DemoChannel } from "./channels.ts";
import { judge, kindOf } from "./comments.ts";
import { calendar, MINUTE, wholeSeconds, workingMinutesAgo, zone } from "./days.ts";
import type { Thread } from "./threads.ts";

/** What the agency of the named admin published last, newest first: the posts under which its waiting citizens stand. */
const captions: readonly string[] = [
  "Ada yang meneruskan tautan pendaftaran bansos lewat grup? Jangan diisi dulu. Pendaftaran hanya lewat desa atau aplikasi Cek Bansos, tanpa biaya dan tanpa perantara. Kirim tangkapan layarnya ke akun ini, kami cek satu per satu.",
  "Penyaluran bantuan sembako tahap III di 18 kecamatan selesai: 21.406 keluarga menerima utuh, 112 paket yang rusak sudah diganti. Tahap IV dimulai akhir bulan ini, jadwal tiap kecamatan diumumkan di sini dan lewat desa. Bawa KTP dan kartu keluarga asli, tidak dipungut biaya.",
  "Alat bantu untuk penyandang disabilitas (kursi roda, kruk, alat bantu dengar) bisa diajukan lewat desa atau langsung ke loket Dinsos: fotokopi KTP dan KK, surat keterangan dari puskesmas, dan satu foto. Rata-rata 14 hari kerja, gratis. Pertanyaan? Tulis di kolom komentar.",
];

/** Gives the latest posts of the named admin's agency the captions above. */
export function tailor(posts: TakenPost[]): TakenPost[] {
  captions.forEach((text, i) => {
    const post = posts.at(-1 - i);
    if (post) Object.assign(post, { text, hasLink: false });
  });
  return posts;
}

type Waiting = { name: string; text: string; post: number; sentAt: (now: Date) => Date };
const workedFor =
  (minutes: number, days = 0) =>
  (now: Date) =>
    workingMinutesAgo(now, days * dayMinutes(calendar, localDay(now, zone)) + minutes);

/** Who waits for an answer: one past the deadline, one rumour with minutes left, one question close to its deadline. */
const waiting: readonly Waiting[] = [
  {
    name: "Sri Mulyati",
    post: 3,
    text: "Sudah tiga kali ke kantor, jawabannya selalu disuruh menunggu. Kapan pastinya?",
    sentAt: workedFor(38, 1),
  },
  {
    name: "Tarjono",
    post: 1,
    text: "Bu, beredar tautan daftar bansos Rp600.000 di WA, katanya asli dari Dinsos. Ini beneran atau penipuan?",
    sentAt: (now) => wholeSeconds(new Date(now.getTime() - 98 * MINUTE)),
  },
  {
    name: "Nur Khasanah",
    post: 2,
    text: "Bu, bantuan sembako tahap IV untuk Adiwerna kapan nggih, syaratnya apa saja? Ibu saya NIK 9928015203580004, tahap III dapat.",
    sentAt: workedFor(-78, 1),
  },
  { name: "Dian Ayu", post: 3, text: "Syarat mengurus kursi roda untuk orang tua apa saja ya?", sentAt: workedFor(110) },
  { name: "Wahyu Prasetyo", post: 2, text: "Usul, pengumuman penerima ditempel juga di balai desa.", sentAt: workedFor(200, 1) },
];

/** The threads that wait at the named admin's agency. A post is moved back where it would be younger than its comment. */
export function waitingThreads(channel: DemoChannel, posts: TakenPost[], counters: Counters, now: Date): Thread[] {
  return waiting.map(({ name, text, post: back, sentAt: at }) => {
    const sentAt = at(now);
    const post = posts.at(-back)!;
    const earliest = new Date(sentAt.getTime() - 3 * 60 * MINUTE);
    if (post.publishedAt > earliest) post.publishedAt = earliest;
    const comment = judge({ id: "", text });
    const due = firstResponse(kindOf(comment.judged), sentAt, calendar);
    const said = [{ number: counters.comment(), text: comment.masked, masked: comment.found, sentAt, own: false, authorName: name }];
    return { channel, post, citizen: { remoteId: counters.citizen(), name }, comment, said, due, answeredAt: null, closedAt: null };
  });
}
