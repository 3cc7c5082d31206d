import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { owedIn, type Said, type Standing, standingAfter } from "./owed.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute));
/** `given`: minutes until an answer is due. */
const said = (id: string, direction: "in" | "out", minute: number, asks = true, given = 600): Said => ({
  id,
  remoteId: `r-${id}`,
  direction,
  sentAt: at(minute),
  needsReply: direction === "in" && asks,
  dueAt: direction === "in" && asks ? at(minute + given) : null,
});

describe("what is owed in a thread", () => {
  it("begins with the first question and ends with the account's next word", () => {
    const thread = [said("q1", "in", 0), said("q2", "in", 5), said("a", "out", 9), said("thanks", "in", 12, false), said("q3", "in", 20)];
    expect(owedIn(thread)).toEqual([
      { messageId: "q1", openedAt: at(0), answeredAt: at(9) },
      { messageId: "q3", openedAt: at(20), answeredAt: null },
    ]);
  });

  it("begins again with what is owed an answer sooner, and the next word answers both", () => {
    const thread = [
      said("q", "in", 0),
      said("fire", "in", 5, true, 120),
      said("more", "in", 6, true, 120),
      said("q2", "in", 7),
      said("a", "out", 9),
    ];
    expect(owedIn(thread)).toEqual([
      { messageId: "q", openedAt: at(0), answeredAt: at(9) },
      { messageId: "fire", openedAt: at(5), answeredAt: at(9) },
    ]);
  });

  it("of the same instant the question came first, so it is answered", () => {
    expect(owedIn([said("a", "out", 3), said("q", "in", 3)])).toMatchObject([{ messageId: "q", answeredAt: at(3) }]);
  });

  const thread = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      direction: fc.constantFrom("in" as const, "out" as const),
      minute: fc.nat(50),
      asks: fc.boolean(),
      given: fc.constantFrom(120, 600, 3000),
    }),
    { maxLength: 20, selector: ({ id }) => id },
  );
  const sayings = thread.map((all) => all.map(({ id, direction, minute, asks, given }) => said(id, direction, minute, asks, given)));

  it("is the same in whichever order the messages came", () => {
    fc.assert(
      fc.property(
        sayings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([one, other]) => {
          expect(owedIn(other)).toEqual(owedIn(one));
        },
      ),
    );
  });

  it("is open only while no later word of the account answers it, each sooner than those before it", () => {
    fc.assert(
      fc.property(sayings, (all) => {
        const duties = owedIn(all);
        const open = duties.filter((duty) => !duty.answeredAt);
        const dues = open.map(({ messageId }) => all.find(({ id }) => id === messageId)!.dueAt!.getTime());
        expect(dues.every((due, index) => index === 0 || due < dues[index - 1]!)).toBe(true);
        for (const duty of duties) {
          const answer = all
            .filter(({ direction, sentAt }) => direction === "out" && sentAt >= duty.openedAt)
            .map(({ sentAt }) => sentAt.getTime());
          expect(duty.answeredAt?.getTime() ?? null).toBe(answer.length ? Math.min(...answer) : null);
        }
        // Nobody who asked after the last answer is passed over.
        const last = Math.max(-1, ...all.filter(({ direction }) => direction === "out").map(({ sentAt }) => sentAt.getTime()));
        const waiting = all.filter(({ dueAt, sentAt }) => dueAt && sentAt.getTime() > last);
        expect(dues.at(-1) ?? null).toBe(waiting.length ? Math.min(...waiting.map(({ dueAt }) => dueAt!.getTime())) : null);
      }),
    );
  });

  it("an answered question taken away never makes another one earlier or unanswered", () => {
    fc.assert(
      fc.property(sayings, (all) => {
        for (const gone of owedIn(all).filter(({ answeredAt }) => answeredAt)) {
          const rest = owedIn(all.filter(({ id }) => id !== gone.messageId));
          expect(rest.filter(({ answeredAt }) => !answeredAt)).toEqual(owedIn(all).filter(({ answeredAt }) => !answeredAt));
        }
      }),
    );
  });
});

describe("how a case stands afterwards", () => {
  const done: Standing = { state: "done", answeredAt: null, doneAt: at(0) };
  const open: Standing = { state: "open", answeredAt: null, doneAt: null };
  const table: [string, Standing, Said[], Said[], Partial<Standing>][] = [
    ["a new question opens what was done", done, [], [said("q", "in", 5)], { state: "open", doneAt: null }],
    ["thanks leave it done", done, [said("a", "out", 1)], [said("t", "in", 5, false)], { state: "done" }],
    ["an answer answers it", open, [said("q", "in", 1)], [said("a", "out", 5)], { state: "answered", answeredAt: at(5) }],
    [
      "an answer to the earlier question leaves the later one waiting",
      open,
      [said("q2", "in", 7)],
      [said("a", "out", 5)],
      { state: "open" },
    ],
    [
      "a question that comes to light after its answer waits no more",
      { ...done, state: "answered" },
      [said("a", "out", 9)],
      [said("q", "in", 5)],
      { state: "answered" },
    ],
    ["who writes wakes what was put off", { ...open, state: "snoozed" }, [], [said("q", "in", 5)], { state: "open" }],
  ];
  it.each(table)("%s", (_, before, earlier, added, expected) => {
    expect(standingAfter(before, [...earlier, ...added], added)).toMatchObject(expected);
  });
});
