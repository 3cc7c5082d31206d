import { flowInForce } from "../../approvals/settings.ts";
import type { Actor } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import type { Answer } from "../../core/errors.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { dayProblems, type FoundSettings, keepSettings, managedUnit, settingsInForce } from "../../units/settings.ts";
import { kinds } from "../kinds.ts";
import { signalCases } from "../signalling.ts";
import { type ReplyApproval, type ReplyApprovalInput, replyApprovalSchema } from "./approval-schema.ts";
import { askReplyApprovers } from "./telling.ts";

/** Where a unit and those above it have set nothing, answers go out at once: speed is what citizens need most. */
const none: ReplyApproval = { kinds: [], sensitive: false };

/** As settings keep it for a unit that goes by those above it again. */
const inherited = { inherit: true } as const;

/** The nearest setting upwards that says something; null where none does. */
async function nearest(tx: Tx, unitId: string): Promise<(Omit<FoundSettings, "payload"> & { approval: ReplyApproval }) | null> {
  for (const { payload, ...found } of await settingsInForce(tx, "reply_approval", unitId, now()))
    if (!(payload as Partial<typeof inherited>).inherit) return { ...found, approval: replyApprovalSchema.parse(payload) };
  return null;
}

/** Which answers of a unit wait for others' yes. */
export const replyApprovalOf = async (tx: Tx, unitId: string): Promise<ReplyApproval> => (await nearest(tx, unitId))?.approval ?? none;

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
  const { id: caseId, revision } = found;
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
  await signalCases(tx, [caseId]);
}

/** New rules of a unit about which answers wait, or none of its own any more, from a day on that is not past. */
export const saveReplyApproval = (actor: Actor, { unitId, validFrom, approval }: ReplyApprovalInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await managedUnit(tx, actor, "approval.manage", unitId);
    const problems = dayProblems(validFrom, unit.zone);
    if (problems.length) return { ok: false, problems };
    const kept = approval ? { ...approval, kinds: kinds.filter((kind) => approval.kinds.includes(kind)) } : inherited;
    await keepSettings(tx, actor, "reply_approval", unit, validFrom, kept);
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
  const found = await nearest(db, unit.id);
  if (!found) return { approval: none, from: null, today };
  const { approval, validFrom, ...from } = found;
  return { approval, from: { ...from, validFrom: validFrom.toISOString().slice(0, 10) }, today };
}
