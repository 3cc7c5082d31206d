import { type Actor, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import type { Platform, RemotePost } from "../platforms/contract.ts";
import { mostRows, type RowProblem, readCsv } from "../platforms/csv/reading.ts";
import type { Zone } from "../units/calendar.ts";
import { instantOfField } from "../units/local-time.ts";
import { takeInPosts } from "./intake.ts";
import type { CsvInput } from "./schema.ts";

/** What an import would do: posts that are new, posts whose figures it renews, and what is wrong with the other rows (the first 200). */
export type ImportCheck = { rows: number; fresh: number; known: number; problems: RowProblem[]; moreProblems: number };

const shownProblems = 200;

/** Looks a table over for an account that is served by hand. Changes nothing. */
export async function checkImport(actor: Actor, input: CsvInput): Promise<Answer<{ check: ImportCheck }>> {
  const { channel, read } = await readFor(actor, input);
  if (!read.ok) return { ok: false, problems: [fileProblem(read)] };
  const known = await db.remotePost.count({ where: { channelId: channel.id, remoteId: { in: read.posts.map((post) => post.remoteId) } } });
  return {
    ok: true,
    check: {
      rows: read.rows,
      fresh: read.posts.length - known,
      known,
      problems: read.problems.slice(0, shownProblems),
      moreProblems: Math.max(0, read.problems.length - shownProblems),
    },
  };
}

/** Takes the good rows of a table in: new posts, and new figures of known ones. The same table again changes nothing. */
export async function importPosts(actor: Actor, input: CsvInput): Promise<Answer<{ taken: number }>> {
  const { channel, read } = await readFor(actor, input);
  if (!read.ok) return { ok: false, problems: [fileProblem(read)] };
  const place = { id: channel.id, unitId: channel.unitId, governmentId: channel.governmentId };
  await db.$transaction(
    async (tx) => {
      for (let from = 0; from < read.posts.length; from += 500)
        await takeInPosts(tx, place, read.posts.slice(from, from + 500) as RemotePost[]);
      await record(tx, actor, {
        type: "posts.imported",
        subjectType: "channel",
        subjectId: channel.id,
        place: channel,
        payload: { posts: read.posts.length, refusedRows: new Set(read.problems.map(({ row }) => row)).size },
      });
    },
    { timeout: 60_000 },
  );
  return { ok: true, taken: read.posts.length };
}

async function readFor(actor: Actor, { channelId, text }: CsvInput) {
  const channel = await db.channel.findFirst({
    where: { AND: [{ id: channelId, mode: "manual", state: { not: "disconnected" } }, inScope(actor, "channel.manage")] },
    select: { id: true, unitId: true, governmentId: true, platform: true, remoteId: true, unit: { select: { zone: true } } },
  });
  if (!channel) throw new Refusal("not-found");
  const instantOf = (local: string) => {
    const instant = instantOfField(local, channel.unit.zone as Zone);
    return instant === null ? null : new Date(instant);
  };
  return { channel, read: readCsv(text, { platform: channel.platform as Platform, owner: channel.remoteId, now: now(), instantOf }) };
}

const fileProblem = (read: { code: string; missing?: string[] }) => ({
  field: "file",
  code: `csv-${read.code}`,
  params: { missing: (read.missing ?? []).join(", "), limit: mostRows },
});
