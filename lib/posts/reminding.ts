import { asVote, hoursSince } from "../approvals/deciding.ts";
import { isOverdue, progress } from "../approvals/flow.ts";
import { now } from "../core/clock.ts";
import { db, type Prisma } from "../core/db.ts";
import { type News, notify } from "../notices/notifying.ts";
import { type Holder, holdersOf } from "../people/holders.ts";
import { flowOf } from "./review.ts";
import { titleOf } from "./shown.ts";
import { approverRoles, peopleBehind } from "./telling.ts";

/** Hours of standing still after which those who are asked are reminded, once a step; nights and holidays count. */
const REMIND_HOURS = 4;
/** No flow lets deputies decide sooner. */
const SOONEST_HOURS = 1;
const AT_ONCE = 200;

const columns = {
  id: true,
  unitId: true,
  authorId: true,
  text: true,
  round: true,
  flow: true,
  stepSince: true,
  unit: { select: { shortName: true } },
  versions: { select: { authorId: true }, distinct: ["authorId"] },
} as const satisfies Prisma.PostSelect;
type Idle = Prisma.PostGetPayload<{ select: typeof columns }>;

/** Looks through every round that stands still: reminds its approvers, and tells its deputies when they may decide. Safe to run twice. */
export async function remindReviewers() {
  const since = new Date(now().getTime() - SOONEST_HOURS * 3_600_000);
  for (let after: string | undefined; ; ) {
    const posts: Idle[] = await db.post.findMany({
      where: { state: "submitted", stepSince: { lte: since }, id: { gt: after } },
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
  const common = {
    by: null,
    subject: { type: "post", id: post.id },
    unitId: post.unitId,
    params: { title: titleOf(post.text), unit: post.unit.shortName, hours: Math.floor(idle) },
    link: `/review/${post.id}`,
    key: `${post.id} ${post.round} ${at.step}`,
  };
  const missing = at.missing.map((index) => step.approvers[index]!);
  return [
    ...(idle >= REMIND_HOURS ? [{ ...common, type: "review.reminded" as const, to: behind(missing) }] : []),
    ...(isOverdue(step, idle) ? [{ ...common, type: "review.escalated" as const, to: behind(step.deputies) }] : []),
  ];
}
