import { type Actor, authorize, inScope, type Permission, type Place } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Prisma, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import type { ProposeVerdictInput, VerdictRef } from "../schema.ts";
import { firstState, type VerdictState } from "./verdict-rules.ts";

async function note(tx: Tx, actor: Actor, type: string, id: string, place: Place) {
  await record(tx, actor, { type, subjectType: "account_verdict", subjectId: id, place });
  await signal(tx, { topic: "coaching", unitId: place.unitId, id });
}

/** Proposes what is to become of a further account: merged into another of the unit, closed, or kept. The unit itself agrees. */
export const proposeVerdict = (actor: Actor, { channelId, verdict, intoChannelId, reason }: ProposeVerdictInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const channel = await tx.channel.findFirst({
      where: { id: channelId, state: { not: "disconnected" }, ...inScope(actor, "coaching.manage") },
      select: { unitId: true, governmentId: true, isPrimary: true, platform: true, handle: true, unit: { select: { shortName: true } } },
    });
    if (!channel) throw new Refusal("not-found");
    authorize(actor, "coaching.manage", channel);
    if (channel.isPrimary) return { ok: false, problems: [{ code: "account-primary" }] };
    const into = verdict === "merge" ? intoChannelId : null;
    if (verdict === "merge") {
      const target =
        into === channelId
          ? 0
          : await tx.channel.count({ where: { id: into ?? "", unitId: channel.unitId, state: { not: "disconnected" } } });
      if (!target) return { ok: false, problems: [{ field: "intoChannelId", code: "merge-elsewhere" }] };
    }
    const { unitId, governmentId } = channel;
    const [made] = await tx.accountVerdict.createManyAndReturn({
      data: [
        {
          ...{ channelId, unitId, governmentId, verdict, intoChannelId: into, reason, state: firstState(verdict) },
          ...{ proposedBy: actor.personId, proposedAt: now() },
          ...(verdict === "keep" ? { doneBy: actor.personId, doneAt: now() } : {}),
        },
      ],
      skipDuplicates: true,
      select: { id: true },
    });
    // Somebody has proposed something for it meanwhile.
    if (!made) throw new Refusal("stale");
    if (verdict !== "keep") {
      const admins = (await holdersOf(tx, [unitId], ["admin"])).filter(({ own }) => own);
      await notify(tx, {
        type: "coaching.verdict-proposed",
        to: admins.map(({ personId }) => personId),
        by: actor.personId,
        subject: { type: "account_verdict", id: made.id },
        unitId,
        params: { unit: channel.unit.shortName, platform: channel.platform, handle: channel.handle, by: actor.name, verdict },
        link: "/coaching/accounts",
        key: made.id,
      });
    }
    await note(tx, actor, "coaching.verdict-proposed", made.id, channel);
    return { ok: true };
  });

type Move = { permission: Permission; from: readonly VerdictState[]; to: VerdictState; type: string };

/** Moves a standing verdict on, if it is still as it was seen. */
const move =
  ({ permission, from, to, type }: Move, data: (actor: Actor) => Prisma.AccountVerdictUncheckedUpdateManyInput) =>
  (actor: Actor, { verdictId, revision }: VerdictRef): Promise<Answer> =>
    db.$transaction(async (tx) => {
      const found = await tx.accountVerdict.findFirst({
        where: { id: verdictId, ...inScope(actor, "coaching.read") },
        select: { unitId: true, governmentId: true },
      });
      if (!found) throw new Refusal("not-found");
      authorize(actor, permission, found);
      const { count } = await tx.accountVerdict.updateMany({
        where: { id: verdictId, revision, state: { in: [...from] } },
        data: { ...data(actor), state: to, revision: { increment: 1 } },
      });
      if (!count) throw new Refusal("stale");
      await note(tx, actor, type, verdictId, found);
      return { ok: true };
    });

/** The unit agrees to what is proposed for its account. */
export const agreeVerdict = move(
  { permission: "coaching.answer", from: ["proposed"], to: "agreed", type: "coaching.verdict-agreed" },
  ({ personId }) => ({ agreedBy: personId, agreedAt: now() }),
);
/** It was done on the platform, by people; nothing here disconnects the account or touches a score. */
export const finishVerdict = move(
  { permission: "coaching.manage", from: ["agreed"], to: "done", type: "coaching.verdict-done" },
  ({ personId }) => ({ doneBy: personId, doneAt: now() }),
);
export const withdrawVerdict = move(
  { permission: "coaching.manage", from: ["proposed", "agreed", "done"], to: "withdrawn", type: "coaching.verdict-withdrawn" },
  () => ({}),
);
