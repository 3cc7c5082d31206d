import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedParts, changesBetween } from "./changes.ts";
import type { PostContent } from "./content.ts";

describe("what changed between two texts", () => {
  it("is told word by word, in reading order", () => {
    expect(changesBetween("Loket buka Senin pagi", "Loket tutup Senin")).toEqual([
      { kind: "same", text: "Loket " },
      { kind: "removed", text: "buka" },
      { kind: "added", text: "tutup" },
      { kind: "same", text: " Senin" },
      { kind: "removed", text: " pagi" },
    ]);
  });

  it("is nothing between equal texts", () => {
    expect(changesBetween("Loket buka", "Loket buka")).toEqual([{ kind: "same", text: "Loket buka" }]);
    expect(changesBetween("", "")).toEqual([]);
  });

  it("loses no character: without what was added it is the old text, without what was removed the new one", () => {
    const text = fc.string({ unit: fc.constantFrom("loket", " ", "  ", "buka", ".", "\n", "08", "é", "🎉", "⟦nik⟧"), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const without = (kind: string) =>
          changesBetween(before, after)
            .filter((change) => change.kind !== kind)
            .map((change) => change.text)
            .join("");
        expect(without("added")).toBe(before);
        expect(without("removed")).toBe(after);
      }),
    );
  });

  it("shows texts that are too long to compare as new", () => {
    const long = "kata ".repeat(5_000);
    expect(changesBetween(long, `${long}baru`)).toEqual([{ kind: "added", text: `${long}baru` }]);
  });
});

describe("what else changed beside the main text", () => {
  const channel = {
    channelId: "a",
    platform: "facebook",
    mode: "api",
    handle: "x",
    text: null,
    firstComment: null,
    collaborators: [] as string[],
  } as const;
  const file = { mediaId: "m", digest: "d", mime: "image/jpeg", width: 1, height: 1, bytes: 1, alt: "Loket" } as const;
  const post: PostContent = {
    title: null,
    text: "Halo",
    link: null,
    pillar: null,
    source: null,
    sourceLink: null,
    sourceDocument: null,
    channels: [{ ...channel, collaborators: [] }],
    media: [file],
  };
  const one = (change: Partial<PostContent["channels"][number]>) => ({ ...post, channels: [{ ...channel, collaborators: [], ...change }] });

  it.each<[string, PostContent, string[]]>([
    ["nothing", { ...post, text: "Lain", pillar: "layanan" }, []],
    ["the title", { ...post, title: "Judul" }, ["title"]],
    ["a version of its own", one({ text: "Pendek" }), ["versions"]],
    ["the link", { ...post, link: "https://tegal.go.id" }, ["link"]],
    ["a file's words", { ...post, media: [{ ...file, alt: "Antrean" }] }, ["files"]],
    ["a file", { ...post, media: [] }, ["files"]],
    ["the first comment", one({ firstComment: "Halo" }), ["firstComment"]],
    ["who is invited", one({ collaborators: ["pemkab"] }), ["collaborators"]],
    ["where it goes", one({ channelId: "b" }), ["channels"]],
    ["the source", { ...post, source: "Perda" }, ["source"]],
    ["its document", { ...post, sourceDocument: "Perda 3/2026" }, ["source"]],
    ["its link", { ...post, sourceLink: "https://jdih.tegalkab.go.id" }, ["source"]],
  ])("%s", (_, after, parts) => expect(changedParts(post, after)).toEqual(parts));

  it("is nothing where the older state was kept before the part existed", () => {
    const { title: _, channels, ...older } = post;
    const before = { ...older, channels: channels.map(({ channelId, text }) => ({ channelId, text })) } as unknown as PostContent;
    expect(changedParts(before, post)).toEqual([]);
  });
});
