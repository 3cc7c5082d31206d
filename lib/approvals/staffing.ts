/** Whether there are people enough for a flow, as each speaks at most once in a round. Pure. */

import { type Approver, type Flow, isNamed, type Step, type Voter } from "./flow.ts";

/** For each step the roles that it needs and that nobody holds; a step for which somebody can speak in all places has none. */
export function unheldRoles({ steps }: Flow, people: readonly Voter[]): string[][] {
  return steps.map(({ need, approvers }) => {
    const unheld = approvers.filter((approver) => approver.kind === "role" && !people.some((person) => isNamed(approver, person)));
    const matters = need === "all" || unheld.length === approvers.length;
    return matters ? unheld.flatMap((approver) => (approver.kind === "role" ? [approver.role] : [])) : [];
  });
}

/** Whether a round can be approved at all: some people, none of them on two steps, satisfy every step, as approvers or as deputies. */
export function canFinish({ steps }: Flow, people: readonly Voter[]): boolean {
  const kinds = kindsOf(steps, people);
  const tried = new Set<string>();
  // The steps with the fewest people first: where somebody lacks it is soon seen.
  const order = [...steps].sort((a, b) => peopleFor(a, people) - peopleFor(b, people));
  const from = (index: number, used: ReadonlyMap<string, number>): boolean => {
    const step = order[index];
    if (!step) return true;
    const key = `${index} ${[...used].sort().join()}`;
    if (tried.has(key)) return false;
    tried.add(key);
    return teamsFor(step, kinds).some((team) => {
      const after = new Map(used);
      for (const kind of team) after.set(kind, (after.get(kind) ?? 0) + 1);
      return team.every((kind) => after.get(kind)! <= kinds.get(kind)!.count) && from(index + 1, after);
    });
  };
  return from(0, new Map());
}

type Kinds = ReadonlyMap<string, { voter: Voter; count: number }>;

const placesOf = (step: Step): Approver[] => [...step.approvers, ...(step.deputyAfterHours === null ? [] : step.deputies)];
const peopleFor = (step: Step, people: readonly Voter[]) =>
  people.filter((person) => placesOf(step).some((approver) => isNamed(approver, person))).length;

/** People who may speak in the same places of all steps are of one kind: which of them speaks makes no difference. */
function kindsOf(steps: readonly Step[], people: readonly Voter[]): Kinds {
  const places = steps.flatMap(placesOf);
  const kinds = new Map<string, { voter: Voter; count: number }>();
  for (const voter of people) {
    const key = places.map((approver) => Number(isNamed(approver, voter))).join("");
    const known = kinds.get(key);
    kinds.set(key, { voter, count: (known?.count ?? 0) + 1 });
  }
  return kinds;
}

/** The smallest groups, by kind, that satisfy a step: any one approver or deputy, or between them every approver. */
function teamsFor(step: Step, kinds: Kinds): string[][] {
  const able = (approvers: readonly Approver[]) =>
    [...kinds].filter(([, { voter }]) => approvers.some((approver) => isNamed(approver, voter))).map(([kind]) => kind);
  const alone = able(step.deputyAfterHours === null ? [] : step.deputies).map((kind) => [kind]);
  if (step.need === "any") return [...able(step.approvers).map((kind) => [kind]), ...alone];
  let teams: string[][] = [[]];
  for (const approver of step.approvers) {
    const fitting = able([approver]);
    teams = distinct(
      teams.flatMap((team) => (team.some((kind) => fitting.includes(kind)) ? [team] : fitting.map((kind) => [...team, kind]))),
    );
  }
  return [...teams, ...alone];
}

const distinct = (teams: string[][]) => [...new Map(teams.map((team) => [[...team].sort().join(), team])).values()];
