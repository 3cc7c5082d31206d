import { type Actor, authorize, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { zoneOf } from "../../units/calendar.ts";
import { instantOfField } from "../../units/local-time.ts";
import { assignablePeople } from "../work/working.ts";
import { longestShift, weekly } from "./rules.ts";
import type { AddShiftsInput, ShiftRef } from "./schema.ts";

/** Puts somebody who may work the unit's inbox on duty, in each of `weeks` weeks. Shifts may overlap. */
export const addShifts = (actor: Actor, { unitId, personId, from, to, weeks }: AddShiftsInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await tx.unit.findFirst({
      where: { AND: [{ id: unitId, active: true }, inScope(actor, "inbox.work", "id")] },
      select: { id: true, governmentId: true, zone: true },
    });
    if (!unit) throw new Refusal("not-found");
    const place = { unitId: unit.id, governmentId: unit.governmentId };
    authorize(actor, "inbox.work", place);
    const [begin, end] = [instantOfField(from, zoneOf(unit.zone)), instantOfField(to, zoneOf(unit.zone))];
    if (!begin) return { ok: false, problems: [{ field: "from", code: "time-form" }] };
    if (!end) return { ok: false, problems: [{ field: "to", code: "time-form" }] };
    const first = { from: new Date(begin), to: new Date(end) };
    const length = first.to.getTime() - first.from.getTime();
    if (length <= 0) return { ok: false, problems: [{ field: "to", code: "shift-backwards" }] };
    if (length > longestShift) return { ok: false, problems: [{ field: "to", code: "shift-long" }] };
    if (first.to <= now()) return { ok: false, problems: [{ field: "to", code: "shift-past" }] };
    const people = await assignablePeople(place);
    if (!people.some(({ id }) => id === personId)) return { ok: false, problems: [{ field: "personId", code: "shift-person" }] };
    const common = { ...place, personId, createdBy: actor.personId, createdAt: now() };
    await tx.dutyShift.createMany({ data: weekly(first, weeks).map((stretch) => ({ ...common, ...stretch })) });
    await record(tx, actor, {
      type: "duty.planned",
      subjectType: "unit",
      subjectId: unitId,
      place,
      payload: { personId, from: begin, to: end, weeks },
    });
    return { ok: true };
  });

/** Takes a shift off the roster. One that is over stays: it says who was on duty. */
export const removeShift = (actor: Actor, { shiftId }: ShiftRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await tx.dutyShift.findFirst({ where: { AND: [{ id: shiftId }, inScope(actor, "inbox.work")] } });
    if (!found) throw new Refusal("not-found");
    if (found.to <= now()) throw new Refusal("stale");
    const { count } = await tx.dutyShift.deleteMany({ where: { id: shiftId } });
    if (!count) throw new Refusal("stale");
    const { personId, from, to } = found;
    await record(tx, actor, {
      type: "duty.cancelled",
      subjectType: "unit",
      subjectId: found.unitId,
      place: found,
      payload: { personId, from, to },
    });
    return { ok: true };
  });
