import type { Actor, Place } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import type { Attachment } from "../../platforms/contract.ts";
import { type MessageModeration, moderationsOf } from "./moderations.ts";
import { type ReferralItem, referralsOf } from "./referrals.ts";
import { type JudgedReply, judgedReplies, namesOf, type SentReply, sentReplies } from "./replies.ts";
import { type Change, type Nested, nesting, type Worded, wordsNow } from "./rules.ts";

export type ThreadMessage = Worded &
  Nested & {
    type: "message";
    id: string;
    direction: "in" | "out";
    authorName: string;
    attachment: Attachment | null;
    at: Date;
    /** Null where nothing was or can be done with it without words. */
    moderation: MessageModeration | null;
  };
export type ThreadNote = { type: "note"; id: string; authorName: string; text: string; mentions: string[]; at: Date };
export type ThreadItem = ThreadMessage | ThreadNote | SentReply | JudgedReply | ReferralItem;

const DAY = 86_400_000;
const MESSAGES = 300;
const NOTES = 100;

type Row = {
  id: string;
  remoteId: string;
  parentRemoteId: string | null;
  direction: "in" | "out";
  authorName: string;
  text: string;
  attachment: Attachment | null;
  at: Date;
  replyId: string | null;
  kind: string | null;
};
type Found = Place & { id: string; receivedAt: Date; kind: string; channel: { platform: string; mode: string }; remotePost: unknown };

/** Everything of a case that the caller has found in the reader's scope: what was said and done, in the order in which it was. */
export async function threadOf(actor: Actor, found: Found): Promise<ThreadItem[]> {
  const { id } = found;
  const from = new Date(found.receivedAt.getTime() - 7 * DAY);
  const [messages, changes, notes, sent, judged, referrals, moderation] = await Promise.all([
    db.$queryRaw<Row[]>`
      SELECT id, remote_id AS "remoteId", parent_remote_id AS "parentRemoteId", direction, author_name AS "authorName", text, attachment, sent_at AS at, reply_id AS "replyId", kind
      FROM message WHERE case_id = ${id}::uuid AND id >= garda_uuid_floor(${from}) ORDER BY id DESC LIMIT ${MESSAGES}`,
    db.messageChange.findMany({ where: { caseId: id }, orderBy: { id: "asc" }, take: 1000 }),
    db.caseNote.findMany({ where: { caseId: id }, orderBy: { createdAt: "desc" }, take: NOTES }),
    sentReplies(id),
    judgedReplies(actor, id, found),
    referralsOf(actor, id),
    moderationsOf(actor, found),
  ]);
  const names = await namesOf(notes.flatMap((note) => [note.authorId, ...note.mentions]));
  const shown: ThreadItem[] = [
    ...saidIn(messages, changes as Change[], sent, moderation),
    ...notes.map((note) => ({
      type: "note" as const,
      id: note.id,
      text: note.text,
      mentions: note.mentions.flatMap((one) => names.get(one) ?? []),
      at: note.createdAt,
      authorName: names.get(note.authorId) ?? "",
    })),
    ...onTheirWay(messages, sent),
    ...judged,
    ...referrals,
  ];
  return shown.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** What stands on the platform, as it now reads there. An answer that turned out not to have arrived is no message. */
function saidIn(
  messages: readonly Row[],
  changes: readonly Change[],
  sent: readonly SentReply[],
  moderation: Awaited<ReturnType<typeof moderationsOf>>,
): ThreadMessage[] {
  const failed = new Set(sent.filter(({ state }) => state === "failed").map(({ id }) => id));
  const places = nesting(messages);
  const changed = Map.groupBy(changes, ({ messageId }) => messageId);
  return messages
    .filter(({ replyId }) => replyId === null || !failed.has(replyId))
    .map((message) => {
      const { id, direction, authorName, attachment, at, text } = message;
      const words = wordsNow({ text, at }, changed.get(id) ?? []);
      const done = moderation({ ...message, removedAt: words.removedAt });
      return { type: "message" as const, id, direction, authorName, attachment, at, ...places.get(id)!, ...words, moderation: done };
    });
}

/** Answers that are no messages yet. One that failed and was answered since in other words is over: sent again it would answer twice. */
function onTheirWay(messages: readonly Row[], sent: readonly SentReply[]): SentReply[] {
  const overtaken = (reply: SentReply) =>
    reply.state === "failed" &&
    (sent.some((other) => other.at > reply.at) || messages.some((m) => m.direction === "out" && m.at > reply.at && m.replyId !== reply.id));
  return sent.filter((reply) => !overtaken(reply) && (reply.state === "failed" || !messages.some((m) => m.replyId === reply.id)));
}
