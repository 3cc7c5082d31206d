import { formatInstant } from "#lib/core/text.ts";
import { firstResponse } from "#lib/inbox/deadlines/deadlines.ts";
import { labelled } from "#lib/inbox/sorting/classifier/comments.ts";
import { maskPersonalData } from "#lib/inbox/sorting/masking.ts";
import { type Triage, triage } from "#lib/inbox/sorting/triage.ts";
import { calendar, zone } from "./days.ts";
import { type Random, random } from "./random.ts";
import { readTable } from "./tables.ts";
import { topicsOf, topicWords } from "./topics.ts";
import type { DemoUnit, Region } from "./units.ts";

type Row = { id: string; text: string; kind: string };
const rows = readTable<Row>("comments-open.csv");
const answers = new Map(readTable<{ comment_id: string; text: string }>("answers-demo.csv").map((row) => [row.comment_id, row.text]));
const replies = readTable<{ kind: string; topic: string; text: string }>("replies-demo.csv");

const elsewhere =
  /Cibatu|Cikajang|Cikaret|Sirampog|Pangkalan Balai|Sungai Rengit|Pemali|Kaligangsa|Pasar Rebo|Rawa Bebek|punten|hatur nuhun|\bbade\b|atuh|mugia|unggal|\bsaiki resik|@pemkot|pempek/i;
const ofBintan = /bintan|\bnak\b|\bkene\b|macam mane|tak de|pompong|dompak|batam|\bbudak\b|cakap|bangge|larat|\bsape\b/i;
const ofTegal = /nyong|\bora\b|pimen|banyu|kul[ao]\b|ndherek|nopo|nuwun|suwun|nemen|tegal|slawi|balapulang|talang|wanasari|\bnek\b|33\.28/i;
const notOf: Record<Region, RegExp> = {
  tegal: ofBintan,
  bintan: ofTegal,
  kemendagri: new RegExp(`${ofBintan.source}|${ofTegal.source}|kecamatan|camat|puskesmas|kantor kec`, "i"),
};

/** A comment as a citizen might write it under this unit's posts, judged as ingest judges it. */
export type Comment = { id: string; text: string; masked: string; found: string[]; judged: Triage };
export type Comments = { asked: () => Comment; praised: () => Comment };

export function judge({ id, text }: Pick<Row, "id" | "text">): Comment {
  const { text: masked, found } = maskPersonalData(text);
  return { id, text, masked, found, judged: triage(masked) };
}

/** By the labels of the table, so that the demo tells the same story whatever a newly trained model says of it. */
const known = labelled(rows).map(({ kind, needsReply, urgent, sensitive }, i): Comment => {
  const comment = judge(rows[i]!);
  return { ...comment, judged: { ...comment.judged, kind, needsReply, urgent, sensitive } };
});

export const kindOf = ({ urgent, kind }: Triage) => (urgent ? "crisis" : kind);

/** Whether an answer is owed within a time; what only wants a look by a person is told apart by neither list. */
const isAsked = ({ judged }: Comment) => judged.needsReply && firstResponse(kindOf(judged), new Date(0), calendar) !== null;

/** Comments for a unit, what it is about twice as often as what fits everywhere. */
export function commentsFor(unit: DemoUnit): Comments {
  const chance = random(`comments ${unit.code}`);
  const own = topicsOf(unit).flatMap((topic) => topicWords[topic] ?? []);
  const about = (text: string) => Object.values(topicWords).some((words) => words.test(text));
  const fits = known.filter(({ text, judged }) => judged.kind !== "hate_speech" && !elsewhere.test(text) && !notOf[unit.region].test(text));
  const close = fits.filter(({ text }) => own.some((words) => words.test(text)));
  const general = fits.filter(({ text }) => !about(text));
  const all = [...close, ...close, ...general];
  return {
    asked: endless(all.filter(isAsked), chance),
    praised: endless(
      all.filter(({ judged }) => !judged.needsReply),
      chance,
    ),
  };
}

function endless<T>(items: T[], { shuffle }: Random): () => T {
  let waiting: T[] = [];
  return () => {
    if (waiting.length === 0) waiting = shuffle(items);
    return waiting.pop()!;
  };
}

const kindsInIndonesian: Record<string, string> = {
  complaint: "pengaduan",
  aspiration: "aspirasi",
  feedback: "masukan",
  criticism: "kritik",
  praise: "apresiasi",
  question: "pertanyaan",
  information_request: "permohonan_informasi",
  hoax: "hoaks",
};
/** Canned replies that would promise or deny what the demo cannot know. */
const tooSpecial =
  /^(darurat|bencana|kekerasan|dibuka_kembali|jalan_bukan_kewenangan|tidak_dapat|unggahan_keliru|disposisi_dikembalikan|sudah_dijawab|ppid_keberatan|maaf_terlambat)$/;

/** What the account answers at `at`: the answer written for this very comment, else a canned reply of its kind. */
export function answerTo({ id, judged }: Comment, unit: DemoUnit, name: string, at: Date, { pick, whole }: Random): string {
  const written = answers.get(id);
  if (written) return written;
  const kind = kindsInIndonesian[judged.kind] ?? "umum";
  const fitting = replies.filter((reply) => reply.kind === kind && !tooSpecial.test(reply.topic));
  const { text } = fitting.length > 0 ? pick(fitting) : replies.find((reply) => reply.topic === "penutup")!;
  const gaps: Record<string, string> = {
    nama: name.split(" ")[0]!,
    unit: unit.shortName,
    tautan: `https://${unit.region}.garda.example/layanan`,
    nomor_tiket: `${unit.shortName.replace(/[^A-Z]/g, "") || "T"}-${whole(1000, 9999)}`,
    jam: formatInstant(new Date(at.getTime() + 2 * 3_600_000), zone, "id", "time"),
  };
  return text.replace(/\{(\w+)\}/g, (gap, key: string) => gaps[key] ?? gap);
}

/** What a citizen says when it was answered. */
export const thanks: readonly string[] = [
  "Terima kasih infonya, Kak 🙏",
  "Siap, makasih min",
  "Alhamdulillah, terima kasih banyak",
  "Makasih responnya cepat",
  "Terima kasih, sangat membantu",
];
