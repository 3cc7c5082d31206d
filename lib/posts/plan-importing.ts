import { type Actor, inScope } from "../core/access.ts";
import { recordAll } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { canonical, sha256 } from "../core/crypto.ts";
import { db } from "../core/db.ts";
import { type Answer, type Problem, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import type { Mode, Platform } from "../platforms/contract.ts";
import { takesPosts } from "../platforms/registry.ts";
import { localDay, startOfDay, type Zone } from "../units/calendar.ts";
import { digestOf, type PostContent, toContent, toDraft } from "./content.ts";
import { readPlanFile } from "./plan-files.ts";
import { mostPlannedRows, type PlanColumn, type PlannedRow, type PlanProblem, type PlanRead, readPlan } from "./plan-import.ts";
import { channelProblems } from "./rules.ts";
import type { PlanInput } from "./schema.ts";

/** What a platform would refuse of a row as it is: it comes in as a draft, and has to be mended before it is submitted. */
export type PlanMend = { row: number; platform: Platform; code: string; params: Record<string, string | number> };
/** What an import would do. `wrong`: rows that would not come in; `known`: rows that came in today already. */
export type PlanCheck = { rows: number; ready: number; known: number; wrong: number; problems: PlanProblem[]; mend: PlanMend[] };

/** Looks a table of planned posts over and tells every problem by its row. Changes nothing. */
export async function checkPlan(actor: Actor, input: PlanInput): Promise<Answer<{ check: PlanCheck }>> {
  const plan = await readFor(actor, input);
  if ("problem" in plan) return { ok: false, problems: [plan.problem] };
  const { read, posts } = plan;
  const known = posts.filter((post) => post.known).length;
  return {
    ok: true,
    check: {
      rows: read.rows,
      ready: read.planned.length - known,
      known,
      wrong: read.rows - read.planned.length,
      problems: read.problems,
      mend: posts.flatMap(({ row, content }) => mendsOf(row, content)),
    },
  };
}

/** Brings the rows without a problem in as drafts, all or none. A row that came in before, with this file or another, comes in once. */
export async function importPlan(actor: Actor, input: PlanInput): Promise<Answer<{ created: number }>> {
  const plan = await readFor(actor, input);
  if ("problem" in plan) return { ok: false, problems: [plan.problem] };
  const { unit, posts } = plan;
  const at = now();
  const created = await db.$transaction(
    async (tx) => {
      const fresh = await tx.post.createManyAndReturn({
        data: posts.flatMap(({ id, draft, content, known }) =>
          known
            ? []
            : {
                id,
                unitId: unit.id,
                governmentId: unit.governmentId,
                authorId: actor.personId,
                title: content.title,
                text: content.text,
                link: content.link,
                pillar: content.pillar,
                source: content.source,
                sourceLink: content.sourceLink,
                sourceDocument: content.sourceDocument,
                publishAt: new Date(draft.publishAt),
                createdAt: at,
                updatedAt: at,
              },
        ),
        skipDuplicates: true,
        select: { id: true },
      });
      const ids = new Set(fresh.map(({ id }) => id));
      const rows = posts.filter(({ id }) => ids.has(id));
      await tx.postChannel.createMany({
        data: rows.flatMap(({ id, draft }) => draft.channels.map(({ channelId, text }) => ({ postId: id, channelId, text }))),
      });
      await tx.postMedia.createMany({
        data: rows.flatMap(({ id, draft }) => draft.media.map(({ mediaId, alt }, position) => ({ postId: id, mediaId, alt, position }))),
      });
      await tx.postVersion.createMany({
        data: rows.map(({ id, content }) => ({
          postId: id,
          number: 1,
          authorId: actor.personId,
          content,
          digest: digestOf(content),
          createdAt: at,
        })),
      });
      const place = { unitId: unit.id, governmentId: unit.governmentId };
      await recordAll(
        tx,
        actor,
        rows.map(({ id, row }) => ({ type: "post.begin", subjectType: "post", subjectId: id, place, payload: { tableRow: row } })),
      );
      if (rows.length) await signal(tx, { topic: "post", unitId: unit.id });
      return rows.length;
    },
    { timeout: 60_000 },
  );
  return { ok: true, created };
}

const fileColumns = {
  ...{ id: true, name: true, alt: true, digest: true, mime: true },
  ...{ width: true, height: true, bytes: true, durationMs: true, frameRate: true },
} as const;

type Planned = PlannedRow & { id: string; content: PostContent; known: boolean };
type Plan = { unit: { id: string; governmentId: string }; read: Extract<PlanRead, { ok: true }>; posts: Planned[] };

async function readFor(actor: Actor, { unitId, file }: PlanInput): Promise<Plan | { problem: Problem }> {
  const unit = await db.unit.findFirst({
    where: { AND: [{ id: unitId }, inScope(actor, "post.write", "id")] },
    select: { id: true, governmentId: true, zone: true },
  });
  if (!unit) throw new Refusal("not-found");
  const table = await readPlanFile(file);
  if (!table.ok) return { problem: fileProblem(table.code) };
  const [connected, media] = await Promise.all([
    db.channel.findMany({
      where: { unitId, state: { not: "disconnected" } },
      select: { id: true, platform: true, mode: true, handle: true },
    }),
    db.media.findMany({ where: { unitId, archivedAt: null }, select: fileColumns }),
  ]);
  const channels = connected
    .map((channel) => ({ ...channel, platform: channel.platform as Platform, mode: channel.mode as Mode }))
    .filter(({ platform, mode }) => takesPosts(platform, mode));
  const zone = unit.zone as Zone;
  const read = readPlan(table.cells, { now: now(), zone, channels, media });
  if (!read.ok) return { problem: fileProblem(`plan-${read.code}`, "columns" in read ? read.columns : []) };

  const begin = startOfDay(localDay(now(), zone), zone);
  const content = ({ draft }: PlannedRow): PostContent =>
    toContent({
      title: draft.title,
      text: draft.text,
      link: draft.link,
      pillar: draft.pillar,
      source: draft.source,
      sourceLink: draft.sourceLink,
      sourceDocument: draft.sourceDocument,
      channels: channels
        .filter(({ id }) => draft.channels.some((chosen) => chosen.channelId === id))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((channel) => ({ channelId: channel.id, text: null, firstComment: null, collaborators: [], channel })),
      media: draft.media.map(({ mediaId, alt }) => ({ media: media.find(({ id }) => id === mediaId)!, alt })),
    });
  const present = await presentIn(unitId, read.planned);
  const posts = read.planned.map((row) => ({
    ...row,
    id: idOf(`${unitId}/${keyOf(row.draft)}`, begin),
    content: content(row),
    known: present.has(keyOf(row.draft)),
  }));
  const ids = await db.post.findMany({ where: { id: { in: posts.map(({ id }) => id) } }, select: { id: true } });
  const made = new Set(ids.map(({ id }) => id));
  return { unit, read, posts: posts.map((post) => ({ ...post, known: post.known || made.has(post.id) })) };
}

type Row = {
  publishAt: string | Date | null;
  text: string;
  link: string | null;
  channels: readonly { channelId: string }[];
  media: readonly { mediaId: string }[];
};
/** By what a row is known again: when it goes out, where, and with what. */
const keyOf = ({ publishAt, text, link, channels, media }: Row) =>
  canonical([
    new Date(publishAt!),
    text,
    link,
    channels.map(({ channelId }) => channelId).sort(),
    media.map(({ mediaId }) => mediaId).sort(),
  ]);

/** The rows that stand as posts of the unit already. */
async function presentIn(unitId: string, planned: readonly PlannedRow[]): Promise<Set<string>> {
  const posts = await db.post.findMany({
    where: { unitId, state: { not: "cancelled" }, publishAt: { in: planned.map(({ draft }) => new Date(draft.publishAt)) } },
    select: { publishAt: true, text: true, link: true, channels: { select: { channelId: true } }, media: { select: { mediaId: true } } },
  });
  return new Set(posts.map(keyOf));
}

/** Always the same for the same row on the same day, so that two imports at once make it once; ordered by time like every other id. */
function idOf(key: string, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, "0");
  const rest = sha256(key);
  const variant = "89ab"[Number.parseInt(rest[3]!, 16) % 4];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`;
}

function mendsOf(row: number, content: PostContent): PlanMend[] {
  const draft = toDraft(content);
  return draft.channels.flatMap((channel) =>
    channelProblems(draft, channel)
      .filter(({ severity }) => severity === "stop")
      .map(({ platform, code, params }) => ({ row, platform, code, params })),
  );
}

const fileProblem = (code: string, columns: PlanColumn[] = []): Problem => ({
  field: "file",
  code,
  params: { columns: columns.join(", "), limit: mostPlannedRows },
});
