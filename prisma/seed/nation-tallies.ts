import { db, Prisma } from "#lib/core/db.ts";
import { addDays, zones } from "#lib/units/calendar.ts";
import { random } from "./random.ts";
import { nation } from "./regions.ts";
import { readTable } from "./tables.ts";
import { governments } from "./units.ts";

// The demo tells of two regencies unit by unit. Of all other governments it has simulated counts alone, so that the ministry
// sees a whole country; opening one says that its units are not here.

type Series = { government: string; kind: "agency" | "district"; score_class: "A" | "B" | "C"; rows: number[][] };

const districts = readTable<{ kode: string }>("wilayah.csv").filter(({ kode }) => kode.length === 8);
const told: readonly string[] = Object.values(governments);

/** Weekly counts by level of every other government up to `lastDay`, oldest first; one in thirty has not begun. */
export async function fillNation(lastDay: string, weeks: number, at: Date): Promise<number> {
  const series = nation()
    .filter(({ code, government, kind }) => code === government && ["province", "regency", "city"].includes(kind) && !told.includes(code))
    .flatMap(({ code, kind }) => (random(`begun ${code}`).chance(1 / 30) ? [] : seriesOf(code, kind, weeks)));
  await db.$transaction(async (tx) => {
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO activity_tally (government_id, kind, day, score_class, units, very_active, active, less_active, passive, dormant, dead, fresh)
      SELECT u.id, s.kind, ${addDays(lastDay, -7 * weeks)}::date + 7 * (w.week::int - 1), s.score_class, w.c[1], w.c[2], w.c[3], w.c[4], w.c[5], w.c[6], w.c[7], 0
      FROM jsonb_to_recordset(${JSON.stringify(series)}::jsonb) AS s(government text, kind text, score_class text, rows jsonb)
      JOIN unit u ON u.code = s.government
      CROSS JOIN LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(r.value)::int) AS c, r.week FROM jsonb_array_elements(s.rows) WITH ORDINALITY AS r(value, week)) w
      ON CONFLICT DO NOTHING`);
    await tx.scoreRun.createMany({
      data: zones.slice(1).map((zone) => ({ zone, day: new Date(lastDay), startedAt: at, finishedAt: at, accounts: 0, written: 0 })),
    });
  });
  return new Set(series.map(({ government }) => government)).size;
}

function seriesOf(code: string, kind: string, weeks: number): Series[] {
  const { whole, between } = random(`tally ${code}`);
  const province = random(`tally ${code.slice(0, 2)}`).between(0.1, 0.72);
  const share = Math.min(0.9, Math.max(0.04, province + between(-0.14, 0.14)));
  const rising = between(-0.04, 0.2);
  const one = (what: Series["kind"], scoreClass: Series["score_class"], units: number, better: number): Series => ({
    government: code,
    kind: what,
    score_class: scoreClass,
    rows: Array.from({ length: weeks + 1 }, (_, week) => levelsOf(units, share + better - rising * (1 - week / weeks), between)),
  });
  const below = districts.filter((district) => district.kode.startsWith(`${code}.`)).length;
  return [
    one("agency", "A", whole(7, 9), 0.08),
    one("agency", "B", kind === "province" ? whole(26, 32) : whole(18, 25), 0),
    one("agency", "C", whole(8, 12), -0.06),
    ...(below > 0 && kind !== "province" ? [one("district", "C", below, -0.05)] : []),
  ];
}

/** All units, then those on each level from best to worst; a few have no account. */
function levelsOf(units: number, share: number, between: (from: number, to: number) => number): number[] {
  const scored = units - Math.floor(units * between(0, 0.08));
  const active = Math.min(scored, Math.round(units * Math.min(0.95, Math.max(0, share + between(-0.015, 0.015)))));
  const best = Math.floor(active * 0.3);
  const rest = scored - active;
  const less = Math.round(rest * 0.4);
  const passive = Math.round(rest * 0.22);
  const dead = Math.floor(rest * 0.12);
  return [units, best, active - best, less, passive, rest - less - passive - dead, dead];
}
