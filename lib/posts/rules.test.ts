import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  blockers,
  type Checklist,
  channelProblems,
  checkpoints,
  type DraftContent,
  decisionProblems,
  isEditable,
  mayDecide,
  nextState,
  type PostMove,
  type PostState,
  postStates,
  scheduleProblems,
  transitions,
} from "./rules.ts";

const moves: PostMove[] = ["submit", "withdraw", "approve", "return", "reject", "schedule", "unschedule", "revise", "cancel", "emergency"];
const final: PostState[] = ["rejected", "cancelled"];

/** The life of a post, read from its business side. A change of the table has to be made in both places, on purpose. */
const life = `
  draft submit submitted
  draft cancel cancelled
  draft emergency approved
  submitted withdraw draft
  submitted approve approved
  submitted return returned
  submitted reject rejected
  submitted cancel cancelled
  submitted emergency approved
  returned submit submitted
  returned cancel cancelled
  returned emergency approved
  approved schedule scheduled
  approved revise draft
  approved cancel cancelled
  scheduled unschedule approved
  scheduled revise draft
  scheduled cancel cancelled`
  .trim()
  .split("\n")
  .map((line) => line.trim().split(" ") as [PostState, PostMove, PostState]);

describe("the life of a post", () => {
  it.each(life)("%s: %s makes it %s", (from, move, to) => expect(nextState(from, move)).toBe(to));

  it("knows no other move", () => {
    const possible = postStates.flatMap((state) => moves.filter((move) => nextState(state, move)).map((move) => `${state} ${move}`));
    expect(possible.sort()).toEqual(life.map(([from, move]) => `${from} ${move}`).sort());
    expect(Object.keys(transitions).sort()).toEqual([...postStates].sort());
  });

  it("comes from a draft to every state", () => {
    const reached = new Set<PostState>(["draft"]);
    for (const state of reached) for (const move of moves) reached.add(nextState(state, move) ?? state);
    expect([...reached].sort()).toEqual([...postStates].sort());
  });

  it("on every path: nothing leaves an end, only an approval leads to the schedule, and what was approved is never edited", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 40 }), (path) => {
        let state: PostState = "draft";
        let approved = false;
        for (const move of path) {
          const next = nextState(state, move);
          if (final.includes(state)) expect(next).toBeNull();
          if (!next) continue;
          state = next;
          if (state === "approved") approved = true;
          if (state === "scheduled") expect(approved).toBe(true);
          if (isEditable(state) || state === "submitted") approved = false;
          if (approved) expect(isEditable(state)).toBe(false);
        }
      }),
    );
  });

  it("lets content change in a draft and in what was returned, nowhere else", () => {
    expect(postStates.filter(isEditable)).toEqual(["draft", "returned"]);
  });
});

describe("a decision", () => {
  const all = Object.fromEntries(checkpoints.map((point) => [point, true])) as Checklist;

  it("is nobody's who wrote a part of the post", () => {
    expect(mayDecide("sri", ["sri"])).toBe(false);
    expect(mayDecide("sri", ["budi", "sri", "ani"])).toBe(false);
    expect(mayDecide("sri", ["budi", "ani"])).toBe(true);
  });

  it("to approve needs all six points and no note", () => {
    expect(checkpoints).toHaveLength(6);
    expect(decisionProblems("approve", "", all)).toEqual([]);
    fc.assert(
      fc.property(fc.subarray([...checkpoints], { minLength: 1 }), fc.string(), (open, note) => {
        const checklist = { ...all, ...Object.fromEntries(open.map((point) => [point, false])) };
        expect(decisionProblems("approve", note, checklist)).toEqual([
          { field: "checklist", code: "checklist-open", params: { count: open.length } },
        ]);
      }),
    );
    expect(decisionProblems("approve", "", {} as Checklist)).toMatchObject([{ params: { count: 6 } }]);
  });

  it.each(["return", "reject"] as const)("to %s needs a note that says why, whatever was ticked", (decision) => {
    for (const empty of ["", "  ", "\n\t"])
      expect(decisionProblems(decision, empty, all)).toEqual([{ field: "note", code: "note-required" }]);
    expect(decisionProblems(decision, "Angkanya belum sesuai", {} as Checklist)).toEqual([]);
  });
});

describe("a time on the schedule", () => {
  const now = new Date("2026-11-23T03:00:00Z");
  const at = (ms: number) => scheduleProblems(new Date(now.getTime() + ms), now).map((problem) => problem.code);
  const minute = 60_000;
  const year = 366 * 86_400_000;

  it.each<[string, number, string[]]>([
    ["now", 0, []],
    ["the minute that is running", -minute, []],
    ["more than a minute ago", -minute - 1, ["time-past"]],
    ["a year from now", year, []],
    ["beyond a year", year + 1, ["time-far"]],
  ])("%s", (_, ms, problems) => expect(at(ms)).toEqual(problems));

  it("is required", () => expect(scheduleProblems(null, now)).toEqual([{ field: "publishAt", code: "time-required" }]));
});

describe("what keeps a draft from the verifier", () => {
  const picture = { mime: "image/jpeg", width: 1080, height: 1080, bytes: 200_000, alt: "Loket" } as const;
  const video = { mime: "video/mp4", width: 720, height: 1280, bytes: 2_000_000, alt: "Loket", durationMs: 20_000, frameRate: 30 } as const;
  const plain = { text: null, firstComment: null, collaborators: [] };
  const facebook = { channelId: "fb", platform: "facebook", mode: "api", ...plain } as const;
  const instagram = { channelId: "ig", platform: "instagram", mode: "manual", ...plain } as const;
  const x = { channelId: "x", platform: "x", mode: "manual", ...plain } as const;
  const youtube = { channelId: "yt", platform: "youtube", mode: "api", ...plain } as const;
  const tiktok = { channelId: "tt", platform: "tiktok", mode: "api", ...plain } as const;
  const found = (draft: Partial<DraftContent>) =>
    blockers({ title: null, text: "Loket buka", link: null, source: null, channels: [facebook], pictures: [], video: null, ...draft }).map(
      ({ field, code }) => `${field} ${code}`,
    );

  it.each<[string, Partial<DraftContent>, string[]]>([
    ["nothing", {}, []],
    ["no account chosen", { channels: [] }, ["channels no-channel"]],
    ["nothing written", { text: " " }, ["channel.fb text-empty"]],
    ["Instagram without a picture", { channels: [facebook, instagram] }, ["channel.ig media-required"]],
    ["Instagram with a picture", { channels: [facebook, instagram], pictures: [picture] }, []],
    ["too long for one of two", { text: "a".repeat(300), channels: [facebook, x] }, ["channel.x text-too-long"]],
    ["too long, but with a text of its own", { text: "a".repeat(300), channels: [facebook, { ...x, text: "pendek" }] }, []],
    ["Instagram with a video", { channels: [instagram], video }, []],
    ["YouTube without a video or a title", { channels: [youtube] }, ["channel.yt title-required", "channel.yt video-required"]],
    ["YouTube by hand: the video may be elsewhere", { title: "Loket", channels: [{ ...youtube, mode: "manual" }] }, []],
    ["YouTube with both", { title: "Loket", channels: [youtube], video }, []],
    ["a first comment that is too long", { channels: [{ ...x, firstComment: "a".repeat(281) }] }, ["channel.x comment-too-long"]],
    ["a first comment where none is possible is advice", { channels: [{ ...tiktok, firstComment: "Halo" }], pictures: [picture] }, []],
    [
      "four collaborators",
      { channels: [{ ...instagram, collaborators: ["a", "b", "c", "d"] }], video },
      ["channel.ig too-many-collaborators"],
    ],
    ["a missing alternative text is advice, not a stop", { pictures: [{ ...picture, alt: "" }] }, []],
  ])("%s", (_, draft, expected) => expect(found(draft)).toEqual(expected));

  it("tells of a first comment that no interface can place, except to whom publishes by hand", () => {
    const told = (mode: "api" | "manual") =>
      channelProblems(
        { title: null, text: "Loket", link: null, source: null, channels: [], pictures: [picture], video: null },
        { ...tiktok, mode, firstComment: "Halo" },
      ).map(({ code, severity }) => `${severity} ${code}`);
    expect(told("api")).toEqual(["warn comment-not-possible"]);
    expect(told("manual")).toEqual([]);
  });
});
