import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MergeableDraft, mergeDrafts } from "./draft-merging.ts";

const was: MergeableDraft = {
  title: "Vaksinasi",
  text: "Satu.\n\nDua.",
  link: null,
  pillar: "layanan",
  source: "Dinkes",
  sourceLink: null,
  sourceDocument: "SE 400/2026",
  publishAt: "2026-11-30T03:00:00.000Z",
  firstComment: null,
  collaborators: [],
  tags: [],
  channels: [
    { channelId: "fb", text: null },
    { channelId: "ig", text: "Satu untuk IG" },
  ],
  media: ["p1", "p2", "p3"].map((mediaId) => ({ mediaId, alt: `alt ${mediaId}` })),
};
const shown = (...ids: string[]) => ids.map((mediaId) => ({ mediaId, alt: `alt ${mediaId}` }));

describe("a draft that two changed", () => {
  it("takes what only one of them changed, in every field", () => {
    const mine: Partial<MergeableDraft> = { title: "Vaksinasi anak", text: "Satu!\n\nDua.", channels: was.channels.slice(1) };
    const theirs: Partial<MergeableDraft> = {
      text: "Satu.\n\nDua!",
      link: "https://tegalkab.go.id",
      publishAt: null,
      media: shown("p3", "p1", "p2"),
      channels: [...was.channels, { channelId: "x", text: null }],
    };
    expect(mergeDrafts(was, { ...was, ...mine }, { ...was, ...theirs })).toEqual({
      draft: {
        ...was,
        ...theirs,
        title: "Vaksinasi anak",
        text: "Satu!\n\nDua!",
        channels: [
          { channelId: "ig", text: "Satu untuk IG" },
          { channelId: "x", text: null },
        ],
      },
      conflicts: [],
    });
  });

  it.each<[string, Partial<MergeableDraft>, Partial<MergeableDraft>, unknown, Partial<MergeableDraft>]>([
    ["a title", { title: "A" }, { title: "B" }, { field: "title", mine: "A", theirs: "B" }, { title: "A" }],
    [
      "a text",
      { text: "Satu.\n\nA" },
      { text: "Satu.\n\nB" },
      { field: "text", pieces: ["Satu.\n\n", { mine: "A", theirs: "B" }] },
      { text: "Satu.\n\nA" },
    ],
    [
      "the text of a channel",
      { channels: [{ channelId: "ig", text: "A" }] },
      { channels: [{ channelId: "ig", text: "B" }] },
      { field: "channel.ig", pieces: [{ mine: "A", theirs: "B" }] },
      { channels: [{ channelId: "ig", text: "A" }] },
    ],
    [
      "a channel taken out here and rewritten there",
      { channels: was.channels.slice(0, 1) },
      { channels: [was.channels[0]!, { channelId: "ig", text: "B" }] },
      { field: "channel.ig", mine: undefined, theirs: "B" },
      { channels: [was.channels[0]!, { channelId: "ig", text: "B" }] },
    ],
    [
      "an alternative text",
      { media: [{ mediaId: "p1", alt: "A" }] },
      { media: [{ mediaId: "p1", alt: "B" }] },
      { field: "media.p1", mine: "A", theirs: "B" },
      { media: [{ mediaId: "p1", alt: "A" }] },
    ],
    [
      "the order of pictures",
      { media: shown("p2", "p1", "p3") },
      { media: shown("p1", "p3", "p2") },
      { field: "media", mine: ["p2", "p1", "p3"], theirs: ["p1", "p3", "p2"] },
      { media: shown("p2", "p1", "p3") },
    ],
  ])("asks about %s, and keeps mine until then", (_name, mine, theirs, conflict, draft) => {
    expect(mergeDrafts(was, { ...was, ...mine }, { ...was, ...theirs })).toEqual({ draft: { ...was, ...draft }, conflicts: [conflict] });
  });

  it("keeps the pictures that both added and drops those that either took out", () => {
    const { draft, conflicts } = mergeDrafts(
      was,
      { ...was, media: shown("p1", "m", "p3") },
      { ...was, media: shown("t", "p1", "p2", "p3", "u") },
    );
    expect(conflicts).toEqual([]);
    expect(draft.media).toEqual(shown("t", "p1", "m", "p3", "u"));
  });
});

const anyDraft: fc.Arbitrary<MergeableDraft> = fc.record({
  title: fc.constantFrom(null, "A", "B"),
  text: fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 4 }).map((parts) => parts.join("\n\n")),
  link: fc.constantFrom(null, "https://a.go.id"),
  pillar: fc.constantFrom(null, "layanan", "edukasi"),
  source: fc.constantFrom(null, "Dinkes"),
  sourceLink: fc.constantFrom(null, "https://b.go.id"),
  sourceDocument: fc.constantFrom(null, "SE 400/2026"),
  publishAt: fc.constantFrom(null, "2026-11-30T03:00:00.000Z"),
  firstComment: fc.constantFrom(null, "Info lengkap"),
  collaborators: fc.subarray(["dinkes", "diskominfo"]),
  tags: fc.subarray(["stunting", "vaksin"]),
  channels: fc
    .subarray(["fb", "ig", "x"])
    .chain((ids) =>
      fc.tuple(...ids.map((channelId) => fc.record({ channelId: fc.constant(channelId), text: fc.constantFrom(null, "A", "B") }))),
    ),
  media: fc
    .shuffledSubarray(["p1", "p2", "p3", "p4"])
    .chain((ids) => fc.tuple(...ids.map((mediaId) => fc.record({ mediaId: fc.constant(mediaId), alt: fc.constantFrom("", "A") })))),
});
const byId = (draft: MergeableDraft) => ({ ...draft, channels: [...draft.channels].sort((a, b) => (a.channelId < b.channelId ? -1 : 1)) });

describe("whatever the drafts", () => {
  it("an unchanged side gives way, and equal sides are the result", () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, (one, other) => {
        for (const { draft, conflicts } of [mergeDrafts(one, one, other), mergeDrafts(one, other, one), mergeDrafts(one, other, other)]) {
          expect(conflicts).toEqual([]);
          expect(byId(draft)).toEqual(byId(other));
        }
      }),
    );
  });

  it("has a conflict on one side only if it has it on the other, and then no value of either is lost", () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, anyDraft, (base, mine, theirs) => {
        const here = mergeDrafts(base, mine, theirs);
        const there = mergeDrafts(base, theirs, mine);
        expect(here.conflicts.map((c) => c.field).sort()).toEqual(there.conflicts.map((c) => c.field).sort());
        for (const field of ["title", "link", "pillar", "source", "sourceLink", "sourceDocument", "publishAt", "firstComment"] as const) {
          const conflict = here.conflicts.find((c) => c.field === field);
          for (const side of [mine, theirs]) {
            if (side[field] === base[field]) continue;
            expect(conflict ? Object.values(conflict) : [here.draft[field]]).toContain(side[field]);
          }
        }
      }),
    );
  });

  it("shows each file once, every file that a side added, and none that nobody has", () => {
    fc.assert(
      fc.property(anyDraft, anyDraft, anyDraft, (base, mine, theirs) => {
        const ids = (draft: MergeableDraft) => draft.media.map((row) => row.mediaId);
        const found = ids(mergeDrafts(base, mine, theirs).draft);
        expect(new Set(found).size).toBe(found.length);
        for (const id of [...ids(mine), ...ids(theirs)]) if (!ids(base).includes(id)) expect(found).toContain(id);
        for (const id of found) expect([...ids(mine), ...ids(theirs)]).toContain(id);
      }),
    );
  });
});
