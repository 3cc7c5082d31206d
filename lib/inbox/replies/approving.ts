import { flowInForce } from "../../approvals/settings.ts";
import type { Actor } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import type { Answer } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { dayProblems, keepSettings, managedUnit, settingsInForce } from "../../units/settings.ts";
import { kinds } from "../kinds.ts";
import { type ReplyApproval, type ReplyApprovalInput, replyApprovalSchema } from "./approval-schema.ts";
import { askReplyApprovers } from "./telling.ts";

/** Where a unit and those above it have set nothing, answers go out at once: speed is what citizens need most. */
const none: ReplyApproval = { kinds: [], sensitive: false };

/** Which answers of a unit wait for others' yes: the nearest setting upwards. */
export async function replyApprovalOf(tx: Tx, unitId: string): Promise<ReplyApproval> {
  const [found] = await settingsInForce(tx, "reply_approval", unitId, now());
  return found ? replyApprovalSchema.parse(found.payload) : none;
}

type Answered = { id: string; unitId: string; governmentId: string; kind: string; sensitive: boolean };

/** Whether an answer to this case needs somebody else's yes. */
export async function needsApproval(tx: Tx, { unitId, kind, sensitive }: Answered): Promise<boolean> {
  const approval = await replyApprovalOf(tx, unitId);
  return (approval.sensitive && sensitive) || approval.kinds.some((one) => one === kind);
}

/** Writes an answer down that waits for approval, by the unit's own steps. `revision`: the thread that it answers. */
export async function submitReply(tx: Tx, actor: Actor, found: Answered & { revision: number; excerpt: string }, text: string) {
  const at = now();
  const { flow } = await flowInForce(tx, found.unitId, at);
  const { id: caseId, unitId, revision } = found;
  const reply = await tx.reply.create({
    data: {
      caseId,
      authorId: actor.personId,
      text,
      createdAt: at,
      state: "submitted",
      round: 1,
      flow,
      step: 0,
      stepSince: at,
      caseRevision: revision,
    },
    select: { id: true },
  });
  await tx.replyDraft.deleteMany({ where: { caseId, personId: actor.personId } });
  await record(tx, actor, {
    type: "reply.submitted",
    subjectType: "case",
    subjectId: caseId,
    place: found,
    payload: { replyId: reply.id },
  });
  await askReplyApprovers(tx, actor, { ...found, replyId: reply.id, flow, step: 0 });
  await signal(tx, { topic: "case", unitId, id: caseId });
}

/** New rules of a unit about which answers wait, from a day on that is not past. */
export const saveReplyApproval = (actor: Actor, { unitId, validFrom, ...approval }: ReplyApprovalInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await managedUnit(tx, actor, "approval.manage", unitId);
    const problems = dayProblems(validFrom, unit.zone);
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "reply_approval", unit, validFrom, {
      ...approval,
      kinds: kinds.filter((kind) => approval.kinds.includes(kind)),
    });
    return { ok: true };
  });

type From = { unitId: string; shortName: string; validFrom: string };

/** What the settings page shows of a unit whose rules the actor may change. */
export async function replyApprovalSettings(
  actor: Actor,
  unitId: string,
): Promise<{ approval: ReplyApproval; from: From | null; today: string }> {
  const unit = await managedUnit(db, actor, "approval.manage", unitId);
  const today = localDay(now(), zoneOf(unit.zone));
  const [found] = await settingsInForce(db, "reply_approval", unit.id, now());
  if (!found) return { approval: none, from: null, today };
  const { payload, validFrom, ...from } = found;
  return { approval: replyApprovalSchema.parse(payload), from: { ...from, validFrom: validFrom.toISOString().slice(0, 10) }, today };
}
