import { type Actor, reaches } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { after, type ReferralState, type ReferralStep } from "../referrals/rules.ts";
import { namesOf } from "./replies.ts";

export type ReferralEvent = {
  kind: "asked" | "accepted" | "bounced" | "upheld" | "returned" | "redirected" | "delivered" | "withdrawn";
  by: string | null;
  /** Null of a withdrawal: only that it happened is kept beside the referral. */
  at: Date | null;
  /** Instruction, reason, note or result. */
  text: string | null;
};

/** One asking of another agency and what came of it, as both agencies see it. */
export type ReferralItem = {
  type: "referral";
  id: string;
  at: Date;
  revision: number;
  from: { id: string; shortName: string };
  to: { id: string; shortName: string };
  dueAt: Date;
  state: ReferralState;
  /** What happened, in its order. */
  events: ReferralEvent[];
  result: string | null;
  bouncedBefore: boolean;
  /** What the reader may do now. */
  may: Partial<Record<ReferralStep, true>>;
};

const SHOWN = 20;

/** The referrals of a case that the reader sees, the last twenty, with their steps. */
export async function referralsOf(actor: Actor, caseId: string): Promise<ReferralItem[]> {
  const unit = { select: { id: true, shortName: true } } as const;
  const rows = await db.referral.findMany({
    where: { caseId },
    orderBy: { id: "desc" },
    take: SHOWN,
    include: { fromUnit: unit, toUnit: unit },
  });
  const names = await namesOf(
    rows.flatMap((row) => [row.createdBy, row.acceptedBy, row.bouncedBy, row.decidedBy, row.resultBy].filter((id) => id !== null)),
  );
  return rows.map((row): ReferralItem => {
    const events = eventsOf(row, (id) => (id && names.get(id)) || null);
    const state = row.state as ReferralState;
    const bouncedBefore = row.bouncedAt !== null;
    const own = (unitId: string) => reaches(actor, "inbox.work", { unitId, governmentId: row.governmentId });
    const decides = reaches(actor, "referral.decide", { unitId: row.fromUnitId, governmentId: row.governmentId });
    const holds: [ReferralStep, boolean][] = [
      ["accept", own(row.toUnitId)],
      ["bounce", own(row.toUnitId)],
      ["deliver", own(row.toUnitId)],
      ["withdraw", own(row.fromUnitId)],
      ["uphold", decides],
      ["return", decides],
      ["redirect", decides],
    ];
    return {
      type: "referral",
      id: row.id,
      at: events.reduce((last, { at }) => (at && at > last ? at : last), row.createdAt),
      revision: row.revision,
      from: row.fromUnit,
      to: row.toUnit,
      dueAt: row.dueAt,
      state,
      events,
      result: row.result,
      bouncedBefore,
      may: Object.fromEntries(
        holds.filter(([step, held]) => held && after(state, step, bouncedBefore)).map(([step]) => [step, true as const]),
      ),
    };
  });
}

type Row = {
  createdBy: string;
  createdAt: Date;
  instruction: string;
  acceptedBy: string | null;
  acceptedAt: Date | null;
  bouncedBy: string | null;
  bouncedAt: Date | null;
  bounceReason: string | null;
  decision: string | null;
  decisionNote: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  result: string | null;
  resultBy: string | null;
  resultAt: Date | null;
  state: string;
};

function eventsOf(row: Row, name: (id: string | null) => string | null): ReferralEvent[] {
  const events: ReferralEvent[] = [{ kind: "asked", by: name(row.createdBy), at: row.createdAt, text: row.instruction }];
  if (row.acceptedAt) events.push({ kind: "accepted", by: name(row.acceptedBy), at: row.acceptedAt, text: null });
  if (row.bouncedAt) events.push({ kind: "bounced", by: name(row.bouncedBy), at: row.bouncedAt, text: row.bounceReason });
  if (row.decidedAt && row.decision)
    events.push({
      kind: row.decision as "upheld" | "returned" | "redirected",
      by: name(row.decidedBy),
      at: row.decidedAt,
      text: row.decisionNote || null,
    });
  if (row.resultAt) events.push({ kind: "delivered", by: name(row.resultBy), at: row.resultAt, text: row.result });
  // What Kabid IKP returns is withdrawn by that.
  if (row.state === "withdrawn" && row.decision !== "returned") events.push({ kind: "withdrawn", by: null, at: null, text: null });
  return events;
}
