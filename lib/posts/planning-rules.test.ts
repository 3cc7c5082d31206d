import { describe, expect, it } from "vitest";
import { isMovable, wayToMove } from "./planning-rules.ts";
import { postStates } from "./rules.ts";

describe("another time", () => {
  it("is given on the schedule until a channel has begun, and as a plan before it", () => {
    expect(Object.fromEntries(postStates.map((state) => [state, wayToMove({ state, begun: false })]))).toEqual({
      draft: "replan",
      submitted: "move-submitted",
      returned: "replan",
      approved: "replan",
      scheduled: "reschedule",
      rejected: "move-closed",
      cancelled: "move-closed",
    });
    expect(wayToMove({ state: "scheduled", begun: true })).toBe("move-begun");
  });

  it("is given to drafts by who writes and to approved posts by who schedules", () => {
    const writer = (permission: string) => permission === "post.write";
    const scheduler = (permission: string) => permission === "post.schedule";
    const movedBy = (holds: (permission: string) => boolean) => postStates.filter((state) => isMovable({ state, begun: false }, holds));
    expect(movedBy(writer)).toEqual(["draft", "returned"]);
    expect(movedBy(scheduler)).toEqual(["approved", "scheduled"]);
    expect(isMovable({ state: "scheduled", begun: true }, () => true)).toBe(false);
  });
});
