import { type Actor, inScope } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { type PostContent, readContent } from "./content.ts";
import { findPost, guardRevision } from "./moving.ts";
import type { RemarkInput } from "./schema.ts";

export type Remark = {
  id: string;
  round: number;
  by: string;
  channelId: string | null;
  from: number;
  to: number;
  quote: string;
  text: string;
  resolvedAt: Date | null;
  at: Date;
};

const textOf = ({ text, channels }: PostContent, channelId: string | null): string | null =>
  channelId === null ? text : (channels.find((channel) => channel.channelId === channelId)?.text ?? null);

/** A remark on words of a text that is being verified. Where those words are not at the place given, their first place counts. */
export async function addRemark(actor: Actor, { postId, revision, channelId, quote, from, text }: RemarkInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.review");
    guardRevision(post, revision);
    if (post.state !== "submitted") throw new Refusal("stale");
    const whole = textOf(await readContent(tx, post.id), channelId);
    const at = whole?.startsWith(quote, from) ? from : (whole?.indexOf(quote) ?? -1);
    if (at < 0) return { ok: false, problems: [{ field: "quote", code: "quote-missing" }] };
    const range = { from: at, to: at + quote.length, quote };
    await tx.postRemark.create({
      data: { postId: post.id, round: post.round, personId: actor.personId, channelId, ...range, text, createdAt: now() },
    });
    await signal(tx, { topic: "post", unitId: post.unitId, id: post.id });
    return { ok: true };
  });
}

/** The author has done what a remark asked for. Doing so twice changes nothing. */
export async function resolveRemark(actor: Actor, { remarkId }: { remarkId: string }): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const remark = await tx.postRemark.findFirst({
      where: { id: remarkId, post: inScope(actor, "post.write") },
      select: { id: true, postId: true, post: { select: { unitId: true } } },
    });
    if (!remark) throw new Refusal("not-found");
    await findPost(tx, actor, remark.postId, "post.write");
    await tx.postRemark.updateMany({ where: { id: remark.id, resolvedAt: null }, data: { resolvedAt: now() } });
    await signal(tx, { topic: "post", unitId: remark.post.unitId, id: remark.postId });
    return { ok: true };
  });
}

/** All remarks on a post, in the order of the text; the reader has passed `postDetail` before. */
export async function remarksOf(postId: string): Promise<Remark[]> {
  const rows = await db.postRemark.findMany({ where: { postId }, orderBy: [{ round: "desc" }, { from: "asc" }, { id: "asc" }], take: 200 });
  const people = await db.person.findMany({ where: { id: { in: rows.map((row) => row.personId) } }, select: { id: true, name: true } });
  return rows.map(({ personId, createdAt, postId: _, ...row }) => ({
    ...row,
    by: people.find((person) => person.id === personId)?.name ?? "",
    at: createdAt,
  }));
}
