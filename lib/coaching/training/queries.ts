import { type Actor, reaches } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import { homesOf } from "../homes.ts";
import { coachableUnits } from "../queries.ts";
import type { Material } from "../schema.ts";

export type TrainingRow = { id: string; title: string; heldAt: Date; place: string; speaker: string; units: number };
export type TrainingCursor = { at: string; id: string };
const A_PAGE = 20;

/** The trainings of a government, the latest first, with how many units came. */
export async function listTrainings(
  actor: Actor,
  governmentId: string,
  after: TrainingCursor | null,
): Promise<{ rows: TrainingRow[]; next: TrainingCursor | null }> {
  if (!homesOf(actor).includes(governmentId)) throw new Refusal("not-found");
  const at = after && new Date(after.at);
  const found = await db.trainingSession.findMany({
    where: { governmentId, ...(after && at ? { OR: [{ heldAt: { lt: at } }, { heldAt: at, id: { lt: after.id } }] } : {}) },
    select: {
      id: true,
      title: true,
      heldAt: true,
      place: true,
      speaker: true,
      _count: { select: { attendance: { where: { names: { not: "" } } } } },
    },
    orderBy: [{ heldAt: "desc" }, { id: "desc" }],
    take: A_PAGE + 1,
  });
  const rows = found.slice(0, A_PAGE).map(({ _count, ...row }) => ({ ...row, units: _count.attendance }));
  const last = rows.at(-1);
  return { rows, next: found.length > A_PAGE && last ? { at: last.heldAt.toISOString(), id: last.id } : null };
}

export type Training = {
  id: string;
  governmentId: string;
  zone: string;
  title: string;
  heldAt: Date;
  place: string;
  speaker: string;
  summary: string;
  materials: (Material & { name: string })[];
  revision: number;
  attendance: { unitId: string; unit: string; names: string }[];
  /** Units of the government that may still be noted; for those who manage alone. */
  units: { id: string; shortName: string }[];
  manages: boolean;
};

/** A training with its materials and who came. A single unit sees its own attendance, not the others'. */
export async function trainingOf(actor: Actor, sessionId: string): Promise<Training> {
  const found = await db.trainingSession.findFirst({
    where: { id: sessionId, governmentId: { in: homesOf(actor) } },
    include: { unit: { select: { zone: true } }, attendance: { include: { unit: { select: { shortName: true } } } } },
  });
  if (!found) throw new Refusal("not-found");
  const { unit, attendance, ...session } = found;
  const government = { unitId: session.governmentId, governmentId: session.governmentId };
  const manages = reaches(actor, "coaching.manage", government);
  const units = await coachableUnits(actor, session.governmentId);
  return {
    ...session,
    zone: unit.zone,
    materials: session.materials as Training["materials"],
    attendance: attendance
      .filter(({ unitId }) => reaches(actor, "coaching.read", { unitId, governmentId: session.governmentId }))
      .map(({ unitId, unit: of, names }) => ({ unitId, unit: of.shortName, names }))
      .sort((a, b) => a.unit.localeCompare(b.unit)),
    units,
    manages,
  };
}

/** Files of a government's library that may stand among the materials, the newest first. */
export const libraryChoices = (actor: Actor, governmentId: string): Promise<{ id: string; name: string }[]> =>
  reaches(actor, "coaching.manage", { unitId: governmentId, governmentId })
    ? db.media.findMany({
        where: { unit: { governmentId }, archivedAt: null },
        select: { id: true, name: true },
        orderBy: { id: "desc" },
        take: 50,
      })
    : Promise.resolve([]);

/** A file among the materials of a training that the actor may see; null for any other. */
export async function trainingFile(actor: Actor, sessionId: string, mediaId: string): Promise<{ digest: string; mime: string } | null> {
  const session = await db.trainingSession.findFirst({
    where: { id: sessionId, governmentId: { in: homesOf(actor) } },
    select: { governmentId: true, materials: true },
  });
  const named = (session?.materials as Material[] | undefined)?.some((one) => "mediaId" in one && one.mediaId === mediaId);
  if (!session || !named) return null;
  return db.media.findFirst({ where: { id: mediaId, unit: { governmentId: session.governmentId } }, select: { digest: true, mime: true } });
}
