import { describe, expect, it } from "vitest";
import type { Platform } from "#lib/platforms/contract.ts";
import type { Draft, DraftChannel } from "./draft.ts";
import { insertedAt, placeMention } from "./mention-rules.ts";
import { newId } from "./new-id.ts";

const channel = (id: string, platform: Platform): DraftChannel => ({ id, platform, mode: "api", handle: id, name: id, state: "connected" });
const [fb, ig, ig2] = [channel("fb", "facebook"), channel("ig", "instagram"), channel("ig2", "instagram")];
const draft = (texts: Record<string, string | null>): Draft => ({
  ...{
    title: "",
    link: "",
    pillar: null,
    source: "",
    sourceLink: "",
    sourceDocument: "",
    publishAt: null,
    pictures: [],
    video: null,
    firstComment: "",
    collaborators: "",
  },
  ...{ text: "Naskah utama", tags: [] },
  channels: Object.entries(texts).map(([channelId, text]) => ({ channelId, text })),
});
const account = { platform: "instagram", handle: "@dinkes.tegal" } as const;
const place = (texts: Record<string, string | null>, chosen: DraftChannel[], tab: string | null, at = 0) =>
  placeMention(draft(texts), chosen, account, { tab, at });

describe("a mention", () => {
  it("goes into the version of its platform, at the caret where that is open, else at its end", () => {
    expect(place({ fb: null, ig: "Versi" }, [fb, ig], "ig")).toEqual({
      change: {
        channels: [
          { channelId: "fb", text: null },
          { channelId: "ig", text: "@dinkes.tegal Versi" },
        ],
      },
      where: "version",
    });
    expect(place({ fb: "Lain", ig: "Versi" }, [fb, ig], "fb").change).toEqual({
      channels: [
        { channelId: "fb", text: "Lain" },
        { channelId: "ig", text: "Versi @dinkes.tegal" },
      ],
    });
  });

  it("goes into the main text where its platform uses that, also from another platform's version", () => {
    expect(place({ fb: null, ig: null }, [fb, ig], null, 6)).toEqual({ change: { text: "Naskah @dinkes.tegal utama" }, where: "main" });
    expect(place({ fb: "Lain", ig: null }, [fb, ig], "fb", 2)).toEqual({ change: { text: "Naskah utama @dinkes.tegal" }, where: "main" });
  });

  it("goes into both where one of two accounts has a version", () => {
    expect(place({ ig: "Versi", ig2: null }, [ig, ig2], null)).toEqual({
      change: {
        text: "@dinkes.tegal Naskah utama",
        channels: [
          { channelId: "ig", text: "Versi @dinkes.tegal" },
          { channelId: "ig2", text: null },
        ],
      },
      where: "both",
    });
  });

  it("goes into what is open where its platform is not chosen, and says so", () => {
    expect(place({ fb: null }, [fb], null)).toEqual({ change: { text: "@dinkes.tegal Naskah utama" }, where: "elsewhere" });
    expect(place({ fb: "Lain" }, [fb], "fb")).toMatchObject({ change: { channels: [{ text: "@dinkes.tegal Lain" }] }, where: "other" });
  });

  it.each([
    ["", 0, "@a"],
    ["Halo.", 4, "Halo @a."],
    ["(dua)", 1, "(@a dua)"],
    ["satu dua", 5, "satu @a dua"],
  ])("stands for itself in “%s” at %i", (text, at, expected) => expect(insertedAt(text, at, "@a")).toBe(expected));
});

it("a new draft's id is a UUID of version 7 in the order of time", () => {
  const random = new Uint8Array(10).fill(255);
  expect(newId(1, random)).toBe("00000000-0001-7fff-bfff-ffffffffffff");
  expect(newId(Date.parse("2026-11-23T00:00:00Z"), random) > newId(Date.parse("2026-11-22T00:00:00Z"), random)).toBe(true);
});
