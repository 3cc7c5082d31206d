/** Trouble on the way: nothing twice, nothing lost. */
import { expect, test } from "vitest";
import { type Bench, failureOf } from "./bench.ts";

export function recovering(bench: () => Bench): void {
  test.for(["accept-then-drop", "accept-then-500"] as const)(
    "a video published, the answer lost (%s): unknown, then found, once",
    async (fault, { skip }) => {
      const { harness, has, publication, times } = bench();
      if (!harness.video) return skip();
      const text = `Video, jawaban hilang: ${fault}`;
      const mine = publication(text, { pictures: [], video: harness.video("v2", "Loket") });
      await harness.spoil("video", fault);
      expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
      expect(mine.checkpoint().stage).toBe("committing");
      expect((await mine.find()).kind).toBe(has.lookUp ? "found" : "unknown");
      expect(await times(text)).toBe(1);
    },
  );

  test.for(["accept-then-drop", "accept-then-500"] as const)(
    "published, the answer lost (%s): unknown, then found, once",
    async (fault) => {
      const { harness, has, publication, times } = bench();
      const text = `Jawaban hilang: ${fault}`;
      const mine = publication(text, has.pictures ? { pictures: [harness.picture("b1", "Loket")] } : {});
      await harness.spoil("post", fault);
      expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
      expect(mine.checkpoint().stage).toBe("committing");
      const found = await mine.find();
      expect(found.kind).toBe(has.lookUp ? "found" : "unknown");
      expect(await times(text)).toBe(1);
    },
  );

  test("a request lost on its way: unknown, then absent, then published, once", async ({ skip }) => {
    const { harness, has, publication, times } = bench();
    if (!has.lookUp) return skip();
    const mine = publication("Permintaan hilang");
    await harness.spoil("post", "drop-before");
    expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "absent" });
    await mine.publish();
    expect(await mine.find()).toMatchObject({ kind: "found" });
    expect(await times("Permintaan hilang")).toBe(1);
  });

  test("another post with the same words, made before, is not taken for ours", async ({ skip }) => {
    const { harness, has, publication } = bench();
    if (!has.lookUp || !has.posts) return skip();
    const mine = publication("Selamat pagi, warga", has.pictures ? { pictures: [harness.picture("c1", "Alun-alun")] } : {});
    await harness.nativePost("Selamat pagi, warga");
    await harness.spoil("post", "drop-before");
    await failureOf(mine.publish());
    expect(await mine.find()).toEqual({ kind: "absent" });
  });

  test.for(["500-before", "drop-before"] as const)(
    "trouble while preparing (%s) may be retried; what is uploaded stays uploaded",
    async (fault, { skip }) => {
      const { harness, has, publication, times } = bench();
      if (!has.uploads) return skip();
      const pictures = [harness.picture("d1", "Satu"), harness.picture("d2", "Dua")];
      const mine = publication(`Dua gambar: ${fault}`, { pictures });
      const before = await harness.uploads();
      await harness.spoil("upload", fault);
      expect(await failureOf(mine.publish())).toMatchObject({ kind: "retryable" });
      expect(mine.stages()).not.toContain("committing");
      await mine.publish();
      expect((await harness.uploads()) - before).toBe(2);
      expect(await times(`Dua gambar: ${fault}`)).toBe(1);
    },
  );
}
