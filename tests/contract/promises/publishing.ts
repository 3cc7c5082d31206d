/** Publishing: once, with a trace before it. */
import { expect, test } from "vitest";
import type { Checkpoint } from "#lib/platforms/contract.ts";
import { type Bench, eventually, failureOf, longAgo } from "./bench.ts";

export function publishing(bench: () => Bench): void {
  test("a text with pictures is published once, with alternative texts", async ({ skip }) => {
    const { harness, account, has, publication, times } = bench();
    if (!has.pictures) return skip();
    const pictures = [harness.picture("a1", "Petugas memompa air"), harness.picture("a2", "Peta genangan")];
    const mine = publication("Genangan di Jalan Ahmad Yani sudah surut", { pictures });
    const { remoteId } = await mine.publish();
    expect(await times("Genangan di Jalan Ahmad Yani sudah surut")).toBe(1);
    if (!has.lists) return expect(await harness.connector.fetchPosts(account, longAgo)).toEqual([]);
    const [post] = await eventually(async () => {
      const posts = await harness.connector.fetchPosts(account, longAgo);
      return posts.some((one) => one.remoteId === remoteId) ? posts.filter((one) => one.remoteId === remoteId) : null;
    });
    expect(post).toMatchObject({ text: "Genangan di Jalan Ahmad Yani sudah surut", visual: "image", repost: false });
    expect(post?.hasAlt).not.toBe(false);
  });

  test("a video is published once, with its text", async ({ skip }) => {
    const { harness, account, has, publication, times } = bench();
    if (!harness.video) return skip();
    const text = "Cara membuat KTP digital";
    const { remoteId } = await publication(text, { pictures: [], video: harness.video("v1", "Petugas memegang kartu") }).publish();
    expect(await times(text)).toBe(1);
    if (!has.lists) return;
    const post = await eventually(async () =>
      (await harness.connector.fetchPosts(account, longAgo)).find((one) => one.remoteId === remoteId),
    );
    expect(post).toMatchObject({ text, visual: "video", repost: false });
  });

  test("a text with a link is published with it", async ({ skip }) => {
    const { harness, account, has, publication } = bench();
    if (!has.posts) return skip();
    const link = "https://tegalkab.go.id/jadwal";
    const { remoteId } = await publication("Jadwal layanan keliling", { link }).publish();
    if (!has.lists) {
      const sent = (await harness.texts()).find((one) => one.startsWith("Jadwal layanan keliling"));
      return expect(sent).toContain("https://tegalkab.go.id/jadwal");
    }
    const post = await eventually(async () =>
      (await harness.connector.fetchPosts(account, longAgo)).find((one) => one.remoteId === remoteId),
    );
    expect(post).toMatchObject({ text: expect.stringMatching(/^Jadwal layanan keliling/), hasLink: true });
  });

  test("a trace is saved before the irreversible call: where it cannot be saved, nothing is sent", async () => {
    const { publication, times } = bench();
    const mine = publication("Tidak boleh terkirim");
    const refuse = async (next: Checkpoint) => {
      if (next.stage === "committing") throw new Error("the database is away");
    };
    await expect(mine.attempt(refuse)).rejects.toThrow("the database is away");
    expect(await times("Tidak boleh terkirim")).toBe(0);
    await mine.publish();
    expect(mine.stages()).toContain("committing");
    expect(mine.checkpoint().at).not.toBeNull();
  });

  test("a rate limit names the instant from which to try again, and nothing was sent", async () => {
    const { harness, publication, times } = bench();
    const mine = publication("Terlalu sering");
    await harness.spoil("post", "rate-limit");
    const failure = await failureOf(mine.publish());
    expect(failure).toMatchObject({ kind: "rate-limited", until: expect.any(Date) });
    expect(mine.checkpoint().stage).toBe("prepared");
    expect(await times("Terlalu sering")).toBe(0);
    await mine.publish();
    expect(await times("Terlalu sering")).toBe(1);
  });

  test("native posts are told like ours, newest first, and none from before the given instant", async ({ skip }) => {
    const { harness, account, has } = bench();
    if (!has.lists) return skip();
    const native = await harness.nativePost("Dari ponsel admin");
    const posts = await eventually(async () => {
      const found = await harness.connector.fetchPosts(account, longAgo);
      return found.some((one) => one.remoteId === native) ? found : null;
    });
    expect(posts.find((one) => one.remoteId === native)).toMatchObject({
      text: "Dari ponsel admin",
      ...(harness.nativeVisual ? { visual: harness.nativeVisual } : { visual: "none", hasAlt: null }),
    });
    const instants = posts.map((one) => one.publishedAt.getTime());
    expect(instants).toEqual([...instants].sort((one, other) => other - one));
    expect(await harness.connector.fetchPosts(account, new Date(Date.now() + 60_000))).toEqual([]);
  });
}
