import { describe, expect, it } from "vitest";
import { agenciesFor } from "../referrals/suggesting.ts";
import { chooseDraft, readLocal } from "../replies/draft-rules.ts";
import { mentionParts, nesting, wordsNow } from "./rules.ts";
import { shownWords } from "./shown-rules.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 2, minute));

describe("the words of a message", () => {
  const told = { text: "satu", at: at(0) };
  const edit = (text: string, minute: number) => ({ kind: "edited" as const, text, at: at(minute) });

  it("are those of the last edit, with those before in their order", () => {
    expect(wordsNow(told, [edit("dua", 1), edit("tiga", 2)])).toEqual({
      text: "tiga",
      earlier: [
        { text: "satu", at: at(0) },
        { text: "dua", at: at(1) },
      ],
      editedAt: at(2),
      removedAt: null,
    });
  });

  it("stay when it was removed", () => {
    const removed = { kind: "removed" as const, text: null, at: at(3) };
    expect(wordsNow(told, [removed])).toEqual({ text: "satu", earlier: [], editedAt: null, removedAt: at(3) });
  });
});

describe("replies", () => {
  const said = (remoteId: string, parentRemoteId: string | null) => ({
    id: remoteId,
    remoteId,
    parentRemoteId,
    text: "",
    at: at(0),
    authorName: `Warga ${remoteId}`,
  });

  it("stand two steps beneath the first comment at most, beside the name of whom they reply to", () => {
    const places = nesting([said("a", null), said("b", "a"), said("c", "b"), said("d", "c"), said("e", "gone")]);
    expect([...places].map(([id, { depth, repliesTo }]) => [id, depth, repliesTo])).toEqual([
      ["a", 0, null],
      ["b", 1, "Warga a"],
      ["c", 2, "Warga b"],
      ["d", 2, "Warga c"],
      ["e", 1, null],
    ]);
  });

  it("that a platform tells in a circle, or of themselves, are still shown", () => {
    expect(nesting([said("a", "b"), said("b", "a"), said("c", "c")]).size).toBe(3);
  });
});

describe("a note", () => {
  it("sets the names apart that it calls upon, the longer first", () => {
    const parts = mentionParts("Tolong @Rina Wulandari dan @Rina, bukan @Budi", ["Rina", "Rina Wulandari"]);
    expect(parts.filter(({ mention }) => mention).map(({ text }) => text)).toEqual(["@Rina Wulandari", "@Rina"]);
    expect(parts.map(({ text }) => text).join("")).toBe("Tolong @Rina Wulandari dan @Rina, bukan @Budi");
  });
});

describe("of two drafts", () => {
  const here = (text: string, time: number, kept = false) => ({ text, at: time, kept });

  it("the newest is shown and the other offered", () => {
    expect(chooseDraft(here("di sini", 2), { text: "di sana", at: 1 })).toEqual({ text: "di sini", other: "di sana" });
    expect(chooseDraft(here("di sini", 1), { text: "di sana", at: 2 })).toEqual({ text: "di sana", other: "di sini" });
  });

  it("the same words are one, and what the server has had is its own to decide on", () => {
    expect(chooseDraft(here("sama", 1), { text: "sama ", at: 2 })).toEqual({ text: "sama", other: null });
    expect(chooseDraft(here("lama", 3, true), { text: "baru", at: 2 })).toEqual({ text: "baru", other: null });
    expect(chooseDraft(here("sudah dikirim", 3, true), null)).toEqual({ text: "", other: null });
    expect(chooseDraft(here("belum sampai", 3), null)).toEqual({ text: "belum sampai", other: null });
  });

  it("words kept before they had a time are read as old, and broken ones as they stand", () => {
    expect(readLocal("Selamat pagi")).toEqual({ text: "Selamat pagi", at: 0, kept: false });
    expect(readLocal('{"text":"a","at":5,"kept":true}')).toEqual({ text: "a", at: 5, kept: true });
    expect(readLocal("{broken")).toEqual({ text: "{broken", at: 0, kept: false });
    expect(readLocal(null)).toBeNull();
  });
});

describe("citizens' words", () => {
  it("lose what turns the direction round, marks piled above four and long gaps, and nothing else", () => {
    expect(shownWords("a\u202eb\u2067c")).toBe("abc");
    expect(shownWords(`z${"\u0301".repeat(40)}algo`)).toBe(`z${"\u0301".repeat(4)}algo`);
    expect(shownWords("السلام عليكم ꦲꦤ 👩‍👩‍👧 é\n\nbaris")).toBe("السلام عليكم ꦲꦤ 👩‍👩‍👧 é\n\nbaris");
    expect(shownWords("a\n\n\n\n\n\n\nb")).toBe("a\n\n\nb");
  });
});

describe("an agency is proposed", () => {
  const agency = (name: string, shortName = name) => ({ id: name, name, shortName });
  const agencies = [
    agency("Dinas Pekerjaan Umum dan Penataan Ruang", "DPUPR"),
    agency("Dinas Kesehatan", "Dinkes"),
    agency("Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil"),
    agency("Kecamatan Adiwerna"),
  ];
  const first = (words: string) => agenciesFor(words, agencies).map(({ shortName }) => shortName);

  it("by what is spoken of and by its own name", () => {
    expect(first("Jalannya berlubang di depan pasar")).toEqual(["DPUPR"]);
    expect(first("Antrean KTP lama sekali")).toEqual(["Disdukcapil"]);
    expect(first("Puskesmas di Adiwerna tutup")).toEqual(["Dinkes", "Kecamatan Adiwerna"]);
  });

  it("only with a word for it", () => {
    expect(first("Terima kasih, mantap")).toEqual([]);
  });
});
