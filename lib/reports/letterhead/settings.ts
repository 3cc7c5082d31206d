import type { Actor } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import type { Answer } from "../../core/errors.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { dayProblems, keepSettings, managedUnit, settingsInForce } from "../../units/settings.ts";
import type { Reported } from "../subjects.ts";
import { type Letterhead, type LetterheadInput, letterheadSchema } from "./schema.ts";

export type LetterheadInForce = { letterhead: Letterhead; from: { unitId: string; shortName: string; validFrom: string } | null };

/** Where nobody has entered a letterhead, only the name stands at the head. */
const plainLetterhead = (name: string): Letterhead => ({
  lines: [name],
  ...{ address: "", contact: "", place: "", logoId: null, mailDomain: null, signatory: null },
  basis: [],
  copies: [],
  form: { code: "", kind: "LAP", office: "" },
});

/** The letterhead of a unit at this instant: the nearest upwards within its government. */
export async function letterheadInForce(tx: Tx, unitId: string): Promise<LetterheadInForce> {
  const [found] = await settingsInForce(tx, "letterhead", unitId, now());
  if (found) {
    const { payload, validFrom, ...unit } = found;
    return { letterhead: letterheadSchema.parse(payload), from: { ...unit, validFrom: validFrom.toISOString().slice(0, 10) } };
  }
  const unit = await tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: { government: { select: { name: true } } } });
  return { letterhead: plainLetterhead(unit.government.name), from: null };
}

/** The letterhead under which a report is written: that of the unit told of, or of the government that tells of another. */
export const letterheadFor = async (tx: Tx, { subject, issuer }: Reported): Promise<Letterhead> =>
  (await letterheadInForce(tx, subject.governmentId === issuer ? subject.id : issuer)).letterhead;

export type LogoChoice = { id: string; name: string };

/** What the settings page shows of a unit whose letterhead the actor may change. */
export async function letterheadSettings(
  actor: Actor,
  unitId: string,
): Promise<LetterheadInForce & { logos: LogoChoice[]; today: string }> {
  const unit = await managedUnit(db, actor, "approval.manage", unitId);
  const [inForce, logos] = await Promise.all([letterheadInForce(db, unit.id), logosOf(unit.governmentId)]);
  return { ...inForce, logos, today: localDay(now(), zoneOf(unit.zone)) };
}

const LOGO_SIDE = 2000;
const pictures = ["image/png", "image/jpeg", "image/webp"];

const logosOf = (governmentId: string) =>
  db.media.findMany({
    where: {
      unit: { governmentId },
      archivedAt: null,
      madeFromId: null,
      mime: { in: pictures },
      width: { lte: LOGO_SIDE },
      height: { lte: LOGO_SIDE },
    },
    select: { id: true, name: true },
    orderBy: { id: "desc" },
    take: 60,
  });

/** A new version of a unit's letterhead, from a day on that is not past. A logo is a picture of the government's own library. */
export async function saveLetterhead(actor: Actor, { unitId, validFrom, letterhead }: LetterheadInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const unit = await managedUnit(tx, actor, "approval.manage", unitId);
    const problems = dayProblems(validFrom, unit.zone);
    if (
      letterhead.logoId &&
      !(await tx.media.count({ where: { id: letterhead.logoId, unit: { governmentId: unit.governmentId }, mime: { in: pictures } } }))
    )
      problems.push({ field: "letterhead.logoId", code: "logo-unknown" });
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "letterhead", unit, validFrom, letterhead);
    return { ok: true };
  });
}
