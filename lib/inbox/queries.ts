import { type Actor, inScope, type Place, reaches } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import type { Mode, Platform } from "../platforms/contract.ts";
import { takesPosts } from "../platforms/registry.ts";
import type { Clock } from "./deadlines/deadlines.ts";
import type { WaitsFor } from "./deadlines/pausing.ts";
import { withDutyStates } from "./deadlines/states.ts";
import type { Kind } from "./kinds.ts";
import type { CaseRow } from "./lists/lists.ts";
import { type ThreadItem, threadOf } from "./thread/thread.ts";
import type { Topic } from "./topics/topic-rules.ts";
import { assignablePeople } from "./work/working.ts";

export type CaseDetail = Omit<CaseRow, "unitShortName" | "role" | "referredTo" | "referredFrom" | "assigneeName"> & {
  revision: number;
  kindBy: string;
  confidence: number;
  reasons: { code: string; words: string[] }[];
  hasPii: boolean;
  sensitive: boolean;
  /** Null while it is not known. */
  topic: Topic | null;
  receivedAt: Date;
  unit: { id: string; shortName: string; name: string; zone: string; governmentId: string };
  channel: { id: string; handle: string };
  /** Between the citizen and the agency alone, under no post. */
  private: boolean;
  post: { id: string; text: string; permalink: string | null; publishedAt: Date; comments: number | null; postId: string | null } | null;
  citizen: {
    pseudonym: string;
    earlier: { id: string; excerpt: string; state: CaseRow["state"]; at: Date; answeredAt: Date | null }[];
    total: number;
    since: Date | null;
  };
  /** Who has the next word while the time of the resolution stands still. */
  waitingFor: WaitsFor | null;
  /** By when the matter should be settled, as far as pauses have moved it; null when nothing is due. */
  resolution: { dueAt: Date; metAt: Date | null } | null;
  /** The agencies that were asked to act and see the case for it. */
  askedUnits: { id: string; shortName: string }[];
  thread: ThreadItem[];
};

/** A case with its thread, notes and the citizen's earlier ones. Unknown and foreign ids are refused alike. */
export async function caseDetail(actor: Actor, id: string): Promise<CaseDetail> {
  const found = await db.inboxCase.findFirst({
    where: { id, units: { some: inScope(actor, "inbox.read") } },
    include: {
      channel: { select: { id: true, handle: true, platform: true, mode: true } },
      unit: { select: { id: true, shortName: true, name: true, zone: true, governmentId: true } },
      remotePost: { select: { id: true, text: true, permalink: true, publishedAt: true, comments: true, postId: true } },
      citizen: { select: { id: true, pseudonym: true } },
      units: { select: { unitId: true, role: true, unit: { select: { shortName: true } } } },
      deadlines: { where: { subject: "resolution" }, select: { dueAt: true, metAt: true } },
    },
  });
  if (!found) throw new Refusal("not-found");
  const { unitId, dueAt, dueSince } = found;
  const [owed] = await withDutyStates(db, [{ unitId, dueAt, dueSince, dueClock: found.dueClock as Clock }], now());
  const mine = { citizenId: found.citizen.id, units: { some: inScope(actor, "inbox.read") } };
  const [thread, earlier, total, first] = await Promise.all([
    threadOf(actor, found),
    db.inboxCase.findMany({
      where: { ...mine, id: { not: id } },
      orderBy: { receivedAt: "desc" },
      take: 3,
      select: { id: true, excerpt: true, state: true, receivedAt: true, answeredAt: true },
    }),
    db.inboxCase.count({ where: mine }),
    db.inboxCase.aggregate({ where: mine, _min: { receivedAt: true } }),
  ]);
  return {
    id: found.id,
    authorName: found.authorName,
    excerpt: found.excerpt,
    state: found.state as CaseRow["state"],
    kind: found.kind as Kind,
    urgent: found.urgent,
    unsure: found.unsure,
    snoozedUntil: found.snoozedUntil,
    platform: found.channel.platform as Platform,
    zone: found.unit.zone,
    dueAt: found.dueAt,
    dueSince: found.dueSince,
    unitId,
    dueClock: found.dueClock as Clock,
    duty: owed!.duty,
    lastMessageAt: found.lastMessageAt,
    assigneeId: found.assigneeId,
    revision: found.revision,
    kindBy: found.kindBy,
    confidence: found.confidence,
    reasons: found.reasons as CaseDetail["reasons"],
    hasPii: found.hasPii,
    sensitive: found.sensitive,
    topic: found.topic as Topic | null,
    receivedAt: found.receivedAt,
    waitingFor: found.waitingFor as WaitsFor | null,
    resolution: found.deadlines[0] ? { dueAt: found.deadlines[0].dueAt, metAt: found.deadlines[0].metAt } : null,
    askedUnits: found.units
      .filter(({ role }) => role === "referred")
      .map(({ unitId, unit }) => ({ id: unitId, shortName: unit.shortName })),
    unit: found.unit,
    channel: { id: found.channel.id, handle: found.channel.handle },
    post: found.remotePost,
    private: !takesPosts(found.channel.platform as Platform, found.channel.mode as Mode),
    citizen: {
      pseudonym: found.citizen.pseudonym,
      earlier: earlier.map((e) => ({
        id: e.id,
        excerpt: e.excerpt,
        state: e.state as CaseRow["state"],
        at: e.receivedAt,
        answeredAt: e.answeredAt,
      })),
      total,
      since: first._min.receivedAt,
    },
    thread,
  };
}

/** Who may be given a case, for those who may give it. */
export const assignableBy = async (actor: Actor, place: Place) => (reaches(actor, "inbox.work", place) ? assignablePeople(place) : []);
