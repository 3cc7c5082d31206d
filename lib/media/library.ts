import { type Actor, inScope, type Permission } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, type Prisma } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { isGovernment, type UnitCard } from "../units/queries.ts";
import type { MediaKind } from "./kinds.ts";
import type { ArchiveInput, DescribeInput, PickInput } from "./schema.ts";
import { mediaColumns, type UploadedMedia } from "./uploading.ts";

export type MediaRow = UploadedMedia & { usedIn: number; createdAt: Date; unit: { shortName: string; zone: string } };
type Page = { rows: MediaRow[]; more: boolean };
type Ask = { search: string; kind: MediaKind; archived: boolean; after: string | null };

const PAGE = 24;

/** The pictures and videos of a unit, or of a government's units, newest first, a page of 24 after the given id. */
export const listMedia = (actor: Actor, unit: UnitCard, ask: Ask): Promise<Page> =>
  page(actor, "post.read", isGovernment(unit) ? { unit: { governmentId: unit.id } } : { unitId: unit.id }, ask);

/** The same for choosing one to write with: of one unit, without the archived. */
export async function pickMedia(actor: Actor, { unitId, ...ask }: PickInput): Promise<Answer<Page>> {
  return { ok: true, ...(await page(actor, "post.write", { unitId }, { ...ask, archived: false })) };
}

async function page(
  actor: Actor,
  permission: Permission,
  where: Prisma.MediaWhereInput,
  { search, kind, archived, after }: Ask,
): Promise<Page> {
  const found = await db.media.findMany({
    where: {
      AND: [
        where,
        { unit: inScope(actor, permission, "id") },
        { archivedAt: archived ? { not: null } : null },
        kind === "all" ? {} : { mime: { startsWith: kind === "video" ? "video/" : "image/" } },
        // What was made to fit a channel is shown once a post uses it.
        { OR: [{ madeFromId: null }, { posts: { some: {} } }] },
        search ? { OR: [{ name: contains(search) }, { alt: contains(search) }] } : {},
        after ? { id: { lt: after } } : {},
      ],
    },
    select: { ...mediaColumns, createdAt: true, unit: { select: { shortName: true, zone: true } }, _count: { select: { posts: true } } },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  return { rows: found.slice(0, PAGE).map(({ _count, ...row }) => ({ ...row, usedIn: _count.posts })), more: found.length > PAGE };
}

const contains = (text: string) => ({ contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const });

/** Sets the alternative text that is proposed wherever the file is used from now on. */
export async function describeMedia(actor: Actor, { mediaId, alt }: DescribeInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.media.updateMany({ where: { id: mediaId, unit: inScope(actor, "post.write", "id") }, data: { alt } });
    if (!count) throw new Refusal("not-found");
    return { ok: true };
  });
}

/** Takes a file out of the library, or back into it. Posts that use it keep it. */
export async function archiveMedia(actor: Actor, { mediaId, archived }: ArchiveInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const media = await tx.media.findFirst({
      where: { id: mediaId, unit: inScope(actor, "post.write", "id") },
      select: { id: true, unitId: true, unit: { select: { governmentId: true } } },
    });
    if (!media) throw new Refusal("not-found");
    await tx.media.update({ where: { id: media.id }, data: { archivedAt: archived ? now() : null } });
    await record(tx, actor, {
      type: archived ? "media.archive" : "media.restore",
      subjectType: "media",
      subjectId: media.id,
      place: { unitId: media.unitId, governmentId: media.unit.governmentId },
    });
    return { ok: true };
  });
}
