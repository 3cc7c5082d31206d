import { proposeVerdict } from "#lib/coaching/accounts/verdicts.ts";
import { closeCase, giveMentor, planCase } from "#lib/coaching/cases/leading.ts";
import { keepMeeting, proposedNumber, sealMeeting } from "#lib/coaching/cases/meetings.ts";
import { openCase } from "#lib/coaching/cases/opening.ts";
import { finishReminder, remindOfCases } from "#lib/coaching/cases/reminding.ts";
import { addTask, tickTask } from "#lib/coaching/cases/tasks.ts";
import type { Cause } from "#lib/coaching/causes/cause-rules.ts";
import { confirmCause, tellCause } from "#lib/coaching/causes/saying.ts";
import { countUse, keepExemplar } from "#lib/coaching/exemplars/exemplars.ts";
import type { MeetingMode } from "#lib/coaching/rules.ts";
import { keepTraining, noteAttendance } from "#lib/coaching/training/sessions.ts";
import { watchDormancy } from "#lib/coaching/watching/watching.ts";
import type { Actor } from "#lib/core/access.ts";
import { db } from "#lib/core/db.ts";
import type { Answer } from "#lib/core/errors.ts";
import { addDays, localDay } from "#lib/units/calendar.ts";
import { DAY, zone } from "./days.ts";
import { actorOf, during } from "./desk.ts";
import { named } from "./people.ts";
import { governments } from "./units.ts";

const codeOf = (slug: string) => `${governments.tegal}-${slug}`;

/** Fails loudly: what the demo does, the product must allow. */
async function done<T extends object>(step: Promise<Answer<T>>): Promise<T> {
  const answer = await step;
  if (!answer.ok) throw new Error(`demo coaching: ${JSON.stringify(answer)}`);
  return answer;
}

const byEmail = async (email: string) => actorOf((await db.person.findUniqueOrThrow({ where: { email }, select: { id: true } })).id);
const unitOf = (slug: string) => db.unit.findUniqueOrThrow({ where: { code: codeOf(slug) }, select: { id: true, governmentId: true } });
async function adminOf(slug: string): Promise<Actor> {
  const grant = await db.roleGrant.findFirstOrThrow({ where: { role: "admin", unit: { code: codeOf(slug) } }, select: { personId: true } });
  return actorOf(grant.personId);
}

/** The coaching of Kabupaten Tegal over ten weeks, step by step through its commands: running cases, one that ended well, a training, good practice. */
export async function fillCoaching(filledAt: Date): Promise<number> {
  // Begun by a start that was killed, or by people: what there is stays as it is.
  if (await db.coachingCase.count()) return 0;
  const [supervisor, deputy] = await Promise.all([byEmail(named.supervisor.email), byEmail(named.deputy.email)]);
  await fillTraces(filledAt);
  const ago = (days: number) => new Date(filledAt.getTime() - days * DAY);
  const night = (days: number) =>
    during(ago(days), async () => {
      await watchDormancy();
      await remindOfCases();
    });

  await night(42);
  const rising = await Coached.open(ago(41), supervisor, "disporapar");
  await rising.plan(ago(41), "Operator kedua ditunjuk. Setiap Senin unit menyusun tiga unggahan layanan untuk sepekan.", 3);
  await rising.tasks(
    ago(41),
    ["Tunjuk operator kedua dengan SK", "Susun kalender konten empat pekan", "Jawab komentar paling lambat hari kerja berikutnya"],
    3,
  );
  await rising.meet(
    ago(37),
    "visit",
    "Kantor Disporapar, Slawi",
    "Unit belum punya jadwal unggahan; komentar dibaca tetapi jarang dijawab. Contoh kalender konten dibahas bersama.",
    "Tiga unggahan layanan per pekan, komentar dijawab bergiliran.",
  );
  await training(ago(34), supervisor, [
    ["disporapar", "Operator dan kasubag program"],
    ["dlh", "Dua operator"],
    ["setwan", ""],
    ["dikbud", "Operator"],
    ["kesbangpol", "Operator"],
  ]);
  await night(28);
  const locked = await Coached.open(ago(27), supervisor, "setwan");
  await locked.confirm(ago(26), "access_lost", "Ponsel pengelola lama dibawa saat mutasi; kode masuk tidak dapat diterima.");
  await locked.plan(ago(26), "Pulihkan akses lewat surat resmi ke platform, lalu hubungkan kembali ke Garda.", 3);
  await locked.tasks(
    ago(26),
    ["Surat permohonan pemulihan akun", "Daftarkan surel dinas sebagai surel pemulihan", "Serah terima akun dengan berita acara"],
    2,
  );
  await locked.meet(
    ago(20),
    "visit",
    "Sekretariat DPRD",
    "Akses halaman hilang sejak pengelola lama dimutasi. Surel pemulihan memakai surel pribadi.",
    "Surat pemulihan dikirim pekan ini; surel dinas menjadi surel pemulihan.",
  );
  await night(14);
  await locked.remind(ago(13), 2, "Lewat telepon dengan sekretaris.");
  const forgotten = await Coached.open(ago(12), supervisor, "inspektorat");
  await during(ago(11), async () =>
    done(
      tellCause(await adminOf("inspektorat"), {
        unitId: forgotten.unitId,
        cause: "lost_password",
        words: "Kata sandi tidak tercatat dan surel pemulihannya tidak aktif.",
      }),
    ),
  );
  await forgotten.plan(ago(11), "Atur ulang kata sandi bersama Diskominfo, lalu mulai dengan dua unggahan layanan per pekan.", 2);
  await forgotten.tasks(
    ago(11),
    ["Atur ulang kata sandi", "Catat pengelola dan surel pemulihan di register", "Unggahan pertama: jam layanan pengaduan"],
    1,
  );
  await forgotten.meet(
    ago(7),
    "online",
    "Rapat daring",
    "Kata sandi diatur ulang; autentikasi dua langkah belum aktif.",
    "Autentikasi dua langkah diaktifkan pekan ini.",
    false,
  );
  await rising.close(ago(6), "Tiga unggahan per pekan selama empat pekan; jawaban membaik.");
  const moved = await Coached.open(ago(5), supervisor, "bagian-pemerintahan");
  await during(ago(5), async () =>
    done(tellCause(await adminOf("bagian-pemerintahan"), { unitId: moved.unitId, cause: "no_decree", words: "" })),
  );
  await moved.handOver(ago(5), deputy);
  await moved.tasks(ago(4), ["Usulkan SK pengelola akun", "Daftar peserta pelatihan berikutnya"], 0);
  await exemplars(ago(3), supervisor);
  await verdicts(ago(2), supervisor);
  await during(ago(1), async () =>
    done(
      tellCause(await adminOf("bapperida"), {
        unitId: (await unitOf("bapperida")).id,
        cause: "no_operator",
        words: "Operator kontrak selesai bulan Agustus.",
      }),
    ),
  );
  await night(0);
  return db.coachingCase.count();
}

/** Traces that surmises rest on: a login, an admin who left, an access that ended. */
async function fillTraces(filledAt: Date) {
  const ago = (days: number) => new Date(filledAt.getTime() - days * DAY);
  const idle = await adminOf("bpkad");
  await db.session.create({ data: { personId: idle.personId, createdAt: ago(6), expiresAt: ago(5.5), revokedAt: ago(5.9) } });
  await db.roleGrant.updateMany({ where: { role: "admin", unit: { code: codeOf("satpol-pp") } }, data: { validTo: ago(70) } });
  await db.channelGrant.updateMany({
    where: { channel: { isPrimary: true, unit: { code: codeOf("setwan") } } },
    data: { expiresAt: ago(58) },
  });
}

/** A case and the one who coaches it; every step goes through the commands of lib/coaching, at its own time. */
class Coached {
  readonly unitId: string;
  private readonly caseId: string;
  private mentor: Actor;
  private readonly supervisor: Actor;
  private readonly governmentId: string;

  private constructor(caseId: string, supervisor: Actor, unit: { id: string; governmentId: string }) {
    this.caseId = caseId;
    this.supervisor = supervisor;
    this.mentor = supervisor;
    this.unitId = unit.id;
    this.governmentId = unit.governmentId;
  }

  static async open(at: Date, supervisor: Actor, slug: string): Promise<Coached> {
    const unit = await unitOf(slug);
    const { caseId } = await during(at, () => done(openCase(supervisor, { unitId: unit.id })));
    return new Coached(caseId, supervisor, unit);
  }

  private async ref() {
    const { revision } = await db.coachingCase.findUniqueOrThrow({ where: { id: this.caseId }, select: { revision: true } });
    return { caseId: this.caseId, revision };
  }

  plan = (at: Date, plan: string, targetPosts: number) =>
    during(at, async () => {
      const endsOn = addDays(localDay(at, zone), 28);
      await done(planCase(this.mentor, { ...(await this.ref()), plan, targetLevel: "less_active", targetPosts, endsOn }));
    });

  /** The first `finished` of them were done three days later. */
  async tasks(at: Date, texts: string[], finished: number) {
    const dueOn = addDays(localDay(at, zone), 14);
    await during(at, async () => {
      for (const text of texts) await done(addTask(this.mentor, { caseId: this.caseId, text, dueOn }));
    });
    const tasks = await db.coachingTask.findMany({
      where: { caseId: this.caseId },
      orderBy: { id: "asc" },
      take: finished,
      select: { id: true },
    });
    await during(new Date(at.getTime() + 3 * DAY), async () => {
      for (const { id } of tasks) await done(tickTask(this.mentor, { taskId: id, done: true }));
    });
  }

  meet = (at: Date, mode: MeetingMode, place: string, minutes: string, agreed: string, sealed = true) =>
    during(at, async () => {
      const attendees = `${this.mentor.name}, Diskominfo\nKepala subbagian dan operator unit`;
      const words = { mode, place, attendees, minutes, agreed };
      await done(keepMeeting(this.mentor, { caseId: this.caseId, meetingId: null, revision: 0, heldAt: at.toISOString(), ...words }));
      if (!sealed) return;
      const meeting = await db.coachingMeeting.findFirstOrThrow({
        where: { caseId: this.caseId, sealedAt: null },
        select: { id: true, revision: true },
      });
      const number = await proposedNumber({ governmentId: this.governmentId, zone });
      await done(sealMeeting(this.mentor, { meetingId: meeting.id, revision: meeting.revision, number }));
    });

  confirm = (at: Date, cause: Cause, words: string) =>
    during(at, () => done(confirmCause(this.mentor, { unitId: this.unitId, cause, words })));
  remind = (at: Date, week: 2 | 4 | 8, note: string) =>
    during(at, () => done(finishReminder(this.mentor, { caseId: this.caseId, week, note })));
  /** Up a level where the scorer says so; the story holds whichever it says. */
  close = (at: Date, note: string) =>
    during(at, async () => {
      const risen = await closeCase(this.mentor, { ...(await this.ref()), outcome: "moved_up", note });
      if (!risen.ok) await done(closeCase(this.mentor, { ...(await this.ref()), outcome: "no_change", note }));
    });

  async handOver(at: Date, mentor: Actor) {
    await during(at, async () => done(giveMentor(this.supervisor, { ...(await this.ref()), mentorId: mentor.personId })));
    this.mentor = mentor;
  }
}

async function training(at: Date, supervisor: Actor, came: [slug: string, names: string][]) {
  const { governmentId } = await unitOf("diskominfo");
  await during(at, async () => {
    const words = {
      title: "Mengelola akun OPD dengan satu operator",
      place: "Ruang Rapat Diskominfo Kabupaten Tegal",
      speaker: "Tim Pengelola Konten Diskominfo",
      summary: "Menyusun kalender konten sepekan, menulis takarir layanan, teks alternatif gambar, dan menjawab komentar tepat waktu.",
      materials: [
        { name: "Paparan: kalender konten sepekan", url: "https://diskominfo.tegalkab.example/materi/kalender-konten" },
        { name: "Lembar kerja teks alternatif", url: "https://diskominfo.tegalkab.example/materi/teks-alternatif" },
      ],
    };
    const { sessionId } = await done(
      keepTraining(supervisor, { sessionId: null, revision: 0, governmentId, heldAt: at.toISOString(), ...words }),
    );
    for (const [slug, names] of came) await done(noteAttendance(supervisor, { sessionId, unitId: (await unitOf(slug)).id, names }));
  });
}

const practised = [
  [
    "disdukcapil",
    "Syarat layanan dalam empat baris",
    "Satu layanan, empat syarat, satu jam buka. Warga bertanya lebih sedikit karena semua ada di takarir.",
    ["dikbud", "dlh"],
  ],
  [
    "dinsos",
    "Meluruskan kabar bantuan dengan tautan resmi",
    "Menyebut kabar yang beredar, langsung diikuti cara mengecek yang benar. Komentar dijawab pada hari yang sama.",
    ["dishub"],
  ],
  [
    "bpbd",
    "Peringatan dini yang menyebut tindakan",
    "Kalimat pertama berisi tindakan, bukan istilah cuaca. Banyak dibagikan ulang oleh kecamatan.",
    [],
  ],
] as const;

/** Cards of posts that were liked most, and units that began drafts from them. */
async function exemplars(at: Date, supervisor: Actor) {
  for (const [slug, title, why, users] of practised) {
    const unit = await unitOf(slug);
    const post = await db.remotePost.findFirstOrThrow({
      where: { unitId: unit.id, category: "substantive", permalink: { not: null }, publishedAt: { lt: at } },
      orderBy: [{ likes: "desc" }, { id: "asc" }],
      select: { permalink: true, text: true },
    });
    await during(at, () => done(keepExemplar(supervisor, { unitId: unit.id, title, why, url: post.permalink!, text: post.text })));
    const card = await db.exemplar.findFirstOrThrow({ where: { unitId: unit.id }, select: { id: true } });
    for (const user of users)
      await during(new Date(at.getTime() + DAY), async () =>
        done(countUse(await adminOf(user), { exemplarId: card.id, unitId: (await unitOf(user)).id })),
      );
  }
}

/** What is proposed for three further accounts. */
async function verdicts(at: Date, supervisor: Actor) {
  const further = async (slug: string) =>
    db.channel.findFirst({ where: { isPrimary: false, unit: { code: codeOf(slug) } }, select: { id: true, unitId: true } });
  const proposals = [
    ["bpkad", "merge", "Pengikutnya sedikit dan isinya sama dengan halaman Facebook."],
    ["bagian-pbj", "close", "Tidak ada yang mengelola akun ini."],
    ["dinsos", "keep", "Dipakai untuk cerita penerima manfaat; diisi dengan tangan."],
  ] as const;
  for (const [slug, verdict, reason] of proposals) {
    const channel = await further(slug);
    if (!channel) continue;
    const own = await db.channel.findFirstOrThrow({ where: { unitId: channel.unitId, isPrimary: true }, select: { id: true } });
    const intoChannelId = verdict === "merge" ? own.id : null;
    await during(at, () => done(proposeVerdict(supervisor, { channelId: channel.id, verdict, intoChannelId, reason })));
  }
}
