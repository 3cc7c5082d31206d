/** To whom new cases are given where a unit lets them be given out by themselves. Pure. */

/** hand: people give cases themselves; round_robin: in turns; load: to whoever has the fewest. */
export const assignmentModes = ["hand", "round_robin", "load"] as const;
export type AssignmentMode = (typeof assignmentModes)[number];
/** `limit`: cases that one person may have waiting before he is given no more. */
export type Assignment = { mode: AssignmentMode; limit: number };
export const defaultAssignment: Assignment = { mode: "hand", limit: 20 };

export type Worker = {
  personId: string;
  /** Cases that wait for his answer already, of whatever unit. */
  load: number;
  /** The number of his last turn in this unit; 0: he had none. */
  turn: number;
  /** Piket: he is on duty for this unit now. */
  onDuty: boolean;
};
export type Given = { caseId: string; personId: string; turn: number };

/** While somebody is on duty only those on duty are given any. */
function teamOf(workers: readonly Worker[]): readonly Worker[] {
  const onDuty = workers.filter((worker) => worker.onDuty);
  return onDuty.length ? onDuty : workers;
}

/** How many cases the people of a unit could be given now. */
export const placesIn = (workers: readonly Worker[], { limit }: Assignment): number =>
  teamOf(workers).reduce((sum, { load }) => sum + Math.max(0, limit - load), 0);

/**
 * Gives `caseIds` out, in their order. While somebody is on duty only those on duty are given any. In turns the one whose turn
 * is the longest ago is next, by load the one with the fewest; whoever is at the limit is passed over, and what nobody can take
 * is left out.
 */
export function giveOut(caseIds: readonly string[], workers: readonly Worker[], { mode, limit }: Assignment): Given[] {
  if (mode === "hand") return [];
  const team = teamOf(workers).map((worker) => ({ ...worker }));
  let turn = Math.max(0, ...workers.map((worker) => worker.turn));
  const given: Given[] = [];
  for (const caseId of caseIds) {
    const free = team.filter(({ load }) => load < limit).sort(mode === "load" ? byLoad : byTurn);
    const [next] = free;
    if (!next) break;
    turn += 1;
    next.load += 1;
    next.turn = turn;
    given.push({ caseId, personId: next.personId, turn });
  }
  return given;
}

const byTurn = (a: Worker, b: Worker) => a.turn - b.turn || (a.personId < b.personId ? -1 : 1);
const byLoad = (a: Worker, b: Worker) => a.load - b.load || byTurn(a, b);
