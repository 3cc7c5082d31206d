import { asVote, hoursSince } from "../approvals/deciding.ts";
import { isOverdue, progress } from "../approvals/flow.ts";
import { now } from "../core/clock.ts";
import { db, type Prisma } from "../core/db.ts";
import { type News, notify } from "../notices/notifying.ts";
import { type Holder, holdersOf } from "../people/holders.ts";
import { flowOf } from "./review.ts";
import { titleOf } from "./shown.ts";
import { approverRoles, peopleBehind } from "./telling.ts";

/** Hours of standing still after which those who are asked are reminded; nights and holidays count. */
const REMIND_HOURS = 4;
/** They are reminded again each day, for a week. */
const AGAIN_HOURS = 24;
const MOST_REMINDERS = 7;
/** No flow lets deputies decide sooner. */
const SOONEST_HOURS = 1;
const AT_ONCE = 200;

/** Which reminder so many hours call for, as the end of its key: each is told once. Null: none yet. */
function reminderAt(hours: number, first: number): string | null {
  if (hours < first) return null;
  const again = Math.min(Math.floor((hours - first) / AGAIN_HOURS), MOST_REMINDERS - 1);
  return again === 0 ? "" : ` ${again}`;
}

const columns = {
  id: true,
  unitId: true,
  authorId: true,
  text: true,
  round: true,
  flow: true,
  publishAt: true,
  stepSince: true,
  unit: { select: { shortName: true, zone: true } },
  versions: { select: { authorId: true }, distinct: ["authorId"] },
} as const satisfies Prisma.PostSelect;
type Idle = Prisma.PostGetPayload<{ select: typeof columns }>;

/**
 * Looks through every round that stands still: reminds its approvers, tells its deputies when they may decide, and those who can
 * help when nobody may decide or when the planned time has passed. Safe to run twice.
 */
export async function remindReviewers() {
  const at = now();
  const since = new Date(at.getTime() - SOONEST_HOURS * 3_600_000);
  for (let after: string | undefined; ; ) {
    const posts: Idle[] = await db.post.findMany({
      where: { state: "submitted", OR: [{ stepSince: { lte: since } }, { publishAt: { lte: at } }], id: { gt: after } },
      select: columns,
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    await db.$transaction(async (tx) => {
      const [cast, holders] = await Promise.all([
        tx.approvalVote.findMany({
          where: { subjectType: "post", subjectId: { in: posts.map(({ id }) => id) } },
          select: { subjectId: true, round: true, step: true, personId: true, decision: true, covers: true },
        }),
        holdersOf(
          tx,
          posts.map(({ unitId }) => unitId),
          approverRoles,
        ),
      ]);
      await notify(
        tx,
        posts.flatMap((post) => newsOf(post, cast.filter((v) => v.subjectId === post.id && v.round === post.round).map(asVote), holders)),
      );
    });
    if (posts.length < AT_ONCE) return;
    after = posts.at(-1)?.id;
  }
}

function newsOf(post: Idle, votes: ReturnType<typeof asVote>[], holders: Holder[]): News[] {
  const flow = flowOf(post);
  const at = progress(flow, votes);
  const step = at.state === "open" ? flow.steps[at.step] : undefined;
  if (at.state !== "open" || !step || !post.stepSince) return [];
  const idle = hoursSince(post.stepSince);
  // Nobody decides on what he wrote, nor twice on a step.
  const out = [post.authorId, ...post.versions.map((v) => v.authorId), ...votes.filter((v) => v.step === at.step).map((v) => v.personId)];
  const behind = (approvers: typeof step.approvers) => peopleBehind(approvers, holders, post.unitId, out);
  const missing = at.missing.map((index) => step.approvers[index]!);
  const vacant = missing.filter((approver) => behind([approver]).length === 0);
  const stuck = vacant.length >= (step.need === "all" ? 1 : missing.length) && behind(step.deputies).length === 0;
  const supervisors = peopleBehind([{ kind: "role", role: "supervisor" }], holders, post.unitId, []);
  const names = { title: titleOf(post.text), unit: post.unit.shortName };
  const late = post.publishAt !== null &&
    post.publishAt <= now() && {
      type: "review.late" as const,
      params: { ...names, at: post.publishAt.toISOString(), zone: post.unit.zone },
      key: `${post.id} ${post.publishAt.toISOString()}`,
    };
  const waiting = { ...names, hours: Math.floor(idle) };
  const common = { by: null, subject: { type: "post", id: post.id }, unitId: post.unitId };
  const toReview = { ...common, link: `/review/${post.id}` };
  const toPost = { ...common, link: `/posts/${post.id}` };
  const key = `${post.id} ${post.round} ${at.step}`;
  const reminder = reminderAt(idle, REMIND_HOURS);
  const news: (News | false)[] = [
    reminder !== null && { ...toReview, type: "review.reminded", to: behind(missing), params: waiting, key: key + reminder },
    isOverdue(step, idle) && { ...toReview, type: "review.escalated", to: behind(step.deputies), params: waiting, key },
    stuck && idle >= SOONEST_HOURS && { ...toPost, type: "review.nobody", to: [post.authorId, ...supervisors], params: names, key },
    late && { ...toReview, ...late, to: [...behind(missing), ...supervisors].filter((personId) => personId !== post.authorId) },
    late && { ...toPost, ...late, to: [post.authorId] },
  ];
  return news.filter((one) => one !== false);
}

/** Reminds those who may look at what went out by the emergency path and has been seen by none of them for a day. Safe to run twice. */
export async function remindOfEmergencies() {
  for (let after: string | undefined; ; ) {
    const posts = await db.post.findMany({
      where: { state: "scheduled", emergencyBy: { not: null }, emergencySeenAt: null, id: { gt: after } },
      select: { ...columns, emergencyBy: true },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    await db.$transaction(async (tx) => {
      const ids = posts.map(({ id }) => id);
      const [begun, holders] = await Promise.all([
        tx.publication.groupBy({ by: "subjectId", where: { subjectType: "post", subjectId: { in: ids } }, _min: { createdAt: true } }),
        holdersOf(
          tx,
          posts.map(({ unitId }) => unitId),
          approverRoles,
        ),
      ]);
      const sinceOf = new Map(begun.map((one) => [one.subjectId, one._min.createdAt]));
      await notify(
        tx,
        posts.flatMap((post): News[] => {
          const since = sinceOf.get(post.id);
          const hours = since ? hoursSince(since) : 0;
          const reminder = reminderAt(hours, AGAIN_HOURS);
          if (reminder === null) return [];
          const writers = [post.authorId, ...post.versions.map((v) => v.authorId), post.emergencyBy ?? ""];
          const everyone = approverRoles.map((role) => ({ kind: "role" as const, role }));
          return [
            {
              by: null,
              subject: { type: "post", id: post.id },
              unitId: post.unitId,
              type: "emergency.unseen",
              to: peopleBehind(everyone, holders, post.unitId, writers),
              params: { title: titleOf(post.text), unit: post.unit.shortName, hours: Math.floor(hours) },
              link: `/review/${post.id}`,
              key: `${post.id} ${post.round}${reminder}`,
            },
          ];
        }),
      );
    });
    if (posts.length < AT_ONCE) return;
    after = posts.at(-1)?.id;
  }
}
