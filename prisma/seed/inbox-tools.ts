import type { Actor } from "#lib/core/access.ts";
import type { Answer } from "#lib/core/errors.ts";
import type { Kind } from "#lib/inbox/kinds.ts";
import { keepCanned } from "#lib/inbox/replies/canned.ts";
import { addShifts } from "#lib/inbox/roster/planning.ts";
import { addDays, localDay } from "#lib/units/calendar.ts";
import { DAY, zone } from "./days.ts";
import { during } from "./desk.ts";
import { readTable } from "./tables.ts";

type Desk = { now: Date; rina: Actor; retno: Actor; tegal: string; unit: (slug: string) => Promise<{ id: string }> };

/** Of the table of replies, those that leave nothing open but the name and the agency: what serves every unit of the regency. */
const shared: Readonly<Record<string, { name: string; kind: Kind | null }>> = {
  biaya: { name: "Layanan gratis", kind: "question" },
  lanjut_di_pesan: { name: "Lanjut di pesan langsung", kind: null },
  minta_lokasi: { name: "Minta lokasi dan foto", kind: "complaint" },
  maaf_pelayanan: { name: "Maaf atas pelayanan", kind: "complaint" },
  terima_usul: { name: "Usul dicatat", kind: "aspiration" },
  terima_masukan: { name: "Terima kasih masukan", kind: "feedback" },
  aksesibilitas: { name: "Takarir dan teks alternatif", kind: "feedback" },
  terima_kasih: { name: "Terima kasih", kind: "praise" },
};

/** What an agency keeps for its own questions. */
const own: readonly { name: string; kind: Kind | null; text: string }[] = [
  {
    name: "Syarat kursi roda",
    kind: "question",
    text: "Selamat {salam}, {nama}. Untuk kursi roda dan alat bantu lain: fotokopi KTP dan KK, surat keterangan dari puskesmas, dan satu foto. Bisa diajukan lewat desa atau loket {unit}, gratis, rata-rata 14 hari kerja.",
  },
  {
    name: "Jadwal sembako tahap IV",
    kind: "question",
    text: "Selamat {salam}, {nama}. Sembako tahap IV dimulai akhir bulan ini; jadwal tiap kecamatan diumumkan di akun ini dan lewat undangan desa. Bawa KTP dan KK asli, tidak dipungut biaya.",
  },
  {
    name: "Tautan bansos palsu",
    kind: "hoax",
    text: "Terima kasih sudah bertanya, {nama}. Tautan itu bukan dari {unit}. Mohon tidak diisi dan tidak diteruskan. Pendaftaran hanya lewat desa atau aplikasi Cek Bansos. Salam, {petugas}.",
  },
];

export async function fillCanned({ now, rina, retno, tegal, unit }: Desk) {
  const keep = (actor: Actor, unitId: string, reply: { name: string; kind: Kind | null; text: string }, days: number) =>
    done(during(new Date(now.getTime() - days * DAY), () => keepCanned(actor, { ...reply, cannedId: null, unitId })));
  for (const { topic, text } of readTable<{ topic: string; text: string }>("replies-demo.csv"))
    if (shared[topic]) await keep(retno, tegal, { ...shared[topic], text }, 60);
  const { id } = await unit("dinsos");
  for (const reply of own) await keep(rina, id, reply, 20);
}

/** Three weeks of piket: the agency's admin on its days, Kabid IKP on weekends. */
export async function fillRoster({ now, rina, retno, unit }: Desk) {
  const { id: unitId } = await unit("dinsos");
  const today = localDay(now, zone);
  for (let i = 0; i < 7; i++) {
    const day = addDays(today, i);
    const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
    const [person, from, to] = weekend ? [retno, "08:00", "12:00"] : [rina, "07:30", "16:00"];
    const shift = { unitId, personId: person.personId, from: `${day}T${from}`, to: `${day}T${to}`, weeks: 3 };
    await done(during(new Date(now.getTime() - DAY), () => addShifts(retno, shift)));
  }
}

async function done(answer: Promise<Answer<object>>) {
  const given = await answer;
  if (!given.ok) throw new Error(`demo inbox: ${JSON.stringify(given.problems)}`);
}
