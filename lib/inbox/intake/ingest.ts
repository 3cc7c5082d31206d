import { now } from "../../core/clock.ts";
import { sha256 } from "../../core/crypto.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import { cut } from "../../core/text.ts";
import type { RemoteComment } from "../../platforms/contract.ts";
import { excerptLength } from "../rules.ts";
import { signalCases } from "../signalling.ts";
import { type Districts, districtsOf, nameTopics } from "../topics/naming.ts";
import { placeOf } from "../topics/topic-rules.ts";
import { type Alarm, tellAlarming } from "./alarming.ts";
import { follow } from "./changes.ts";
import { recogniseConfirmed } from "./confirmed.ts";
import { lockThreads, settle, type Thread } from "./duties.ts";
import {
  citizensOf,
  forgetKeys,
  insertCases,
  insertMessages,
  lockChannels,
  type NewCase,
  type NewMessage,
  postsOf,
  registerKeys,
  showCases,
} from "./facts.ts";
import { type Judgement, judge } from "./judging.ts";
import { keyOf, placesOf } from "./places.ts";

export type IngestChannel = { id: string; unitId: string; governmentId: string };
export type Heard = { channel: IngestChannel; comment: RemoteComment };
export type JudgedComment = Heard & { judgement: Judgement };
export type Via = "webhook" | "poll";
export type Ingested = { created: number; known: number };

const CHUNK = 500;

/** Comments of one account: what `ingestAll` does. */
export const ingest = (channel: IngestChannel, comments: readonly RemoteComment[], via: Via = "poll"): Promise<Ingested> =>
  ingestAll(
    comments.map((comment) => ({ channel, comment })),
    via,
  );

/**
 * The one way in for citizens' words, by webhook and by polling alike. Each comment is taken once (channel, remote id), masked
 * before it is stored, judged, joined to its thread, and given its deadline in working time. What is known already and reads
 * otherwise now was edited: the words of before are kept.
 */
export async function ingestAll(heard: readonly Heard[], via: Via): Promise<Ingested> {
  const result = { created: 0, known: 0 };
  const sorted = [...heard].sort(inOrder);
  for (let from = 0; from < sorted.length; from += CHUNK) {
    const judged = sorted.slice(from, from + CHUNK).map((one) => ({ ...one, judgement: judge(one.comment) }));
    const part = await db.$transaction((tx) => takeIn(tx, judged, via), { timeout: 60_000 });
    result.created += part.created;
    result.known += part.known;
  }
  return result;
}

/** What is said earlier comes first; of the same instant, the comment before what answers it. */
const inOrder = (a: Heard, b: Heard) =>
  a.comment.sentAt.getTime() - b.comment.sentAt.getTime() ||
  Number(a.comment.parentRemoteId !== null) - Number(b.comment.parentRemoteId !== null) ||
  Number(a.comment.own) - Number(b.comment.own);

/** One bounded part of it, in one transaction: a fixed number of statements, however many comments. */
async function takeIn(tx: Tx, heard: readonly JudgedComment[], via: Via): Promise<Ingested> {
  const at = now();
  // The clock of a platform may be ahead of ours; an id never lies in the future.
  const batch = heard.map((one) => ({ ...one, comment: { ...one.comment, sentAt: earlier(one.comment.sentAt, at) } }));
  await lockChannels(tx, [...new Set(batch.map(({ channel }) => channel.id))]);
  const places = await placesOf(tx, batch);
  await recogniseConfirmed(tx, batch, places);
  const unknown = firstOfEach(batch.filter((one) => !places.isKnown(one)));
  const ids = await registerKeys(tx, unknown);
  const begun = new Map<string, Beginning>();
  const written: Written[] = [];
  const forgotten: JudgedComment[] = [];
  for (const one of unknown) {
    const id = ids.get(keyOf(one.channel.id, one.comment.remoteId));
    if (!id) continue;
    const comment = places.placed(one);
    const thread = places.threadOf(one.channel, comment);
    if (comment.own && !thread) {
      // The account's own word without a thread is no citizen's; unless what it answers is still to come: then it is looked at again.
      if (!places.isBegun(one.channel, comment)) forgotten.push(one);
      continue;
    }
    const caseId = thread ?? places.begin(one.channel, comment);
    const message = { ...messageOf(one, comment, { id, at, via }), caseId };
    if (!thread) begun.set(caseId, { channel: one.channel, comment, message });
    places.join(one.channel, comment, caseId);
    written.push(message);
  }
  // Own words that came before what they answer.
  await forgetKeys(tx, forgotten);
  await store(tx, begun, written);
  const followed = await follow(tx, batch, via);
  const touched = new Map([...written.map(({ caseId, unitId }) => [caseId, unitId] as const), ...followed]);
  await signalCases(tx, [...touched.keys()]);
  const created = ids.size - forgotten.length;
  return { created, known: batch.length - created - forgotten.length };
}

const earlier = (a: Date, b: Date) => (a > b ? b : a);

function firstOfEach(batch: readonly JudgedComment[]): JudgedComment[] {
  const first = new Map<string, JudgedComment>();
  for (const one of batch) {
    const key = keyOf(one.channel.id, one.comment.remoteId);
    const known = first.get(key);
    if (!known || (known.comment.editedAt && !one.comment.editedAt)) first.set(key, one);
  }
  return [...first.values()];
}

type Written = NewMessage & { caseId: string; unitId: string; judgement: Judgement; isPrivate: boolean };
type Beginning = { channel: IngestChannel; comment: RemoteComment; message: Written };

function messageOf(
  { channel, judgement }: JudgedComment,
  comment: RemoteComment,
  { id, at, via }: { id: string; at: Date; via: Via },
): Omit<Written, "caseId"> {
  const { text, masked, authorName, triaged, needsReply } = judgement;
  return {
    id,
    channelId: channel.id,
    unitId: channel.unitId,
    governmentId: channel.governmentId,
    remoteId: comment.remoteId,
    parentRemoteId: comment.parentRemoteId,
    direction: comment.own ? "out" : "in",
    authorName,
    text,
    attachment: comment.attachment ?? null,
    masked,
    sentAt: comment.sentAt,
    receivedAt: at,
    ref: comment.ref ?? null,
    replyId: null,
    via,
    judgement,
    isPrivate: comment.postRemoteId === null,
    kind: triaged?.kind ?? null,
    needsReply: triaged && needsReply,
    urgent: triaged?.urgent ?? null,
  };
}

async function store(tx: Tx, begun: ReadonlyMap<string, Beginning>, written: readonly Written[]) {
  if (!written.length) return;
  const beginnings = [...begun];
  const citizens = await citizensOf(
    tx,
    beginnings.map(([, { channel, comment }]) => ({ channelId: channel.id, remoteId: authorOf(comment), sentAt: comment.sentAt })),
    pseudonymOf,
  );
  const posts = await postsOf(
    tx,
    beginnings.map(([, { channel, comment }]) => ({ channelId: channel.id, remoteId: comment.postRemoteId })),
  );
  const districts = await districtsOf(
    tx,
    beginnings.map(([, { channel }]) => channel.governmentId),
  );
  await insertCases(
    tx,
    beginnings.map(([id, begin]) => caseOf(id, begin, { citizens, posts, districts })),
  );
  const existing = [...new Set(written.map(({ caseId }) => caseId))];
  const threads = await lockThreads(tx, existing);
  await insertMessages(tx, written);
  const alarms = alarmsIn(threads, written, begun);
  await judgeAgain(tx, threads, written, begun);
  await raise(tx, threads, written, begun);
  await settle(tx, threads, new Set(written.map(({ id }) => id)));
  await showCases(
    tx,
    beginnings.map(([id]) => id),
  );
  await tellAlarming(tx, alarms);
}

/**
 * What is urgent or a hoax in what was written, once for a case: in a new one, and in one that was neither until now, or that
 * waited no more. `threads` are as they were before.
 */
function alarmsIn(threads: readonly Thread[], written: readonly Written[], begun: ReadonlyMap<string, Beginning>): Alarm[] {
  const heeded = threads.filter(({ id, urgent, kind, state }) => !begun.has(id) && state === "open" && (urgent || kind === "hoax"));
  const passedOver = new Set(heeded.map(({ id }) => id));
  const alarms = new Map<string, Alarm>();
  for (const { caseId, id: messageId, text, sentAt, judgement } of written)
    if ((judgement.triaged?.urgent || judgement.triaged?.kind === "hoax") && !passedOver.has(caseId) && !alarms.has(caseId))
      alarms.set(caseId, { caseId, messageId, excerpt: cut(text, excerptLength), sentAt });
  return [...alarms.values()];
}

/** People whose name the platform withholds are not one and the same person. */
const authorOf = ({ author, remoteId }: RemoteComment) => author.remoteId || `withheld:${remoteId}`;

function caseOf(
  id: string,
  { channel, comment, message }: Beginning,
  { citizens, posts, districts }: { citizens: ReadonlyMap<string, string>; posts: ReadonlyMap<string, string>; districts: Districts },
): NewCase {
  const { triaged, authorName, text, topic } = message.judgement;
  return {
    id,
    channelId: channel.id,
    unitId: channel.unitId,
    governmentId: channel.governmentId,
    remotePostId: posts.get(keyOf(channel.id, comment.postRemoteId ?? "")) ?? null,
    postRemoteId: comment.postRemoteId,
    // A private message may quote one of an earlier case, which is not where this one begins.
    rootRemoteId: comment.postRemoteId === null ? comment.remoteId : (comment.parentRemoteId ?? comment.remoteId),
    citizenId: citizens.get(keyOf(channel.id, authorOf(comment)))!,
    authorName,
    excerpt: cut(text, excerptLength),
    // Messages open it when they are weighed.
    state: "done",
    kind: triaged!.kind,
    confidence: Math.round(triaged!.confidence * 100),
    reasons: triaged!.reasons,
    urgent: triaged!.urgent,
    sensitive: triaged!.sensitive,
    unsure: triaged!.unsure,
    hasPii: message.masked.length > 0,
    topic,
    place: placeOf(text, districts.get(channel.governmentId) ?? []),
    receivedAt: message.sentAt,
    lastRemoteId: comment.remoteId,
  };
}

/** People greet before they ask: what a quiet private conversation is about is said by the next message that needs an answer. */
async function judgeAgain(tx: Tx, threads: readonly Thread[], written: readonly Written[], begun: ReadonlyMap<string, Beginning>) {
  const told: (Written & { topic: Judgement["topic"] })[] = [];
  for (const thread of threads) {
    const telling = written.find((message) => message.caseId === thread.id && message.isPrivate && message.judgement.triaged?.needsReply);
    if (!telling?.judgement.triaged || (thread.state === "open" && !begun.has(thread.id))) continue;
    const { kind, confidence, reasons, urgent, sensitive, unsure } = telling.judgement.triaged;
    const { count } = await tx.inboxCase.updateMany({
      where: { id: thread.id, kindBy: "rule" },
      data: {
        kind,
        confidence: Math.round(confidence * 100),
        reasons: reasons as never,
        urgent,
        sensitive,
        unsure,
        excerpt: cut(telling.text, excerptLength),
      },
    });
    if (count) Object.assign(thread, { kind, urgent });
    told.push({ ...telling, topic: telling.judgement.topic });
  }
  await nameTopics(tx, told);
}

/** What somebody adds to a case can make it urgent or sensitive, and never takes that away; its kind stays that of what began it. */
async function raise(tx: Tx, threads: readonly Thread[], written: readonly Written[], begun: ReadonlyMap<string, Beginning>) {
  const raised = new Map<string, { id: string; urgent: boolean; sensitive: boolean; has_pii: boolean }>();
  for (const { caseId: id, masked, judgement } of written) {
    const { urgent, sensitive } = judgement.triaged ?? { urgent: false, sensitive: false };
    if (begun.get(id)?.message.judgement === judgement || !(urgent || sensitive || (judgement.triaged && masked.length))) continue;
    const so = raised.get(id) ?? { id, urgent: false, sensitive: false, has_pii: false };
    raised.set(id, {
      id,
      urgent: so.urgent || urgent,
      sensitive: so.sensitive || sensitive,
      has_pii: so.has_pii || masked.length > 0,
    });
  }
  if (!raised.size) return;
  await tx.$executeRaw(Prisma.sql`
    UPDATE inbox_case c SET urgent = c.urgent OR x.urgent, sensitive = c.sensitive OR x.sensitive, has_pii = c.has_pii OR x.has_pii
    FROM ${recordset([...raised.values()], "id uuid, urgent boolean, sensitive boolean, has_pii boolean")} WHERE c.id = x.id`);
  for (const thread of threads) if (raised.get(thread.id)?.urgent) thread.urgent = true;
}

/** Stable for a person on one account, and tells nothing about who it is. */
export const pseudonymOf = (channelId: string, remoteId: string) => `W-${sha256(`${channelId}:${remoteId}`).slice(0, 6).toUpperCase()}`;
