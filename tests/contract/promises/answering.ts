/** Comments, and our answers to them. */
import { expect, test } from "vitest";
import type { ReplyTarget } from "#lib/platforms/contract.ts";
import { type Bench, eventually, failureOf } from "./bench.ts";

export function answering(bench: () => Bench): void {
  test("our first comment stands straight under our post, once, also when its answer is lost", async ({ skip }) => {
    const { harness, has, publication, times, commentsOf } = bench();
    if (!has.posts || !has.comments || !has.firstComment) return skip();
    const post = await publication("Pendaftaran vaksin dibuka").publish();
    const replyTo: ReplyTarget = { remoteId: post.remoteId, postRemoteId: post.remoteId, ref: post.ref };
    await publication("Daftar lewat puskesmas terdekat.", { replyTo }).publish();
    const lost = publication("Bawa kartu keluarga.", { replyTo });
    await harness.spoil("first-comment", "accept-then-drop");
    expect(await failureOf(lost.publish())).toEqual({ kind: "ambiguous" });
    expect((await lost.find()).kind).toBe(has.lookUp ? "found" : "unknown");
    for (const text of ["Daftar lewat puskesmas terdekat.", "Bawa kartu keluarga."]) expect(await times(text)).toBe(1);
    if (!has.lists) return;
    const comments = await eventually(async () => {
      const found = await commentsOf(post.remoteId);
      return found.length === 2 ? found : null;
    });
    for (const comment of comments) expect(comment).toMatchObject({ own: true, parentRemoteId: null, postRemoteId: post.remoteId });
  });

  test("comments are told with their parent, a reply reaches them, and it is told as our own", async ({ skip }) => {
    const { harness, account, has, publication, times, commentsOf, asked } = bench();
    if (!has.comments || !has.posts) return skip();
    const question = await asked("Kapan SIM keliling ke Slawi?");
    const answer = await publication("Kamis pukul 09.00 di alun-alun.", { replyTo: question }).publish();
    const thanks = await asked("Terima kasih, Min", question.postRemoteId, question);
    const comments = await eventually(async () => {
      const found = await commentsOf(question.postRemoteId);
      return found.length === (has.lists ? 3 : 2) ? found : null;
    });
    const told = (id: string) => comments.find((one) => one.remoteId === id);
    expect(told(question.remoteId)).toMatchObject({
      text: "Kapan SIM keliling ke Slawi?",
      parentRemoteId: null,
      own: false,
      postRemoteId: question.postRemoteId,
    });
    expect(told(question.remoteId)?.author.name).not.toBe("");
    expect(await times("Kamis pukul 09.00 di alun-alun.")).toBe(1);
    if (!has.lists) return expect(told(thanks.remoteId)).toMatchObject({ parentRemoteId: question.remoteId, own: false });
    expect(told(answer.remoteId)).toMatchObject({
      text: "Kamis pukul 09.00 di alun-alun.",
      parentRemoteId: question.remoteId,
      own: true,
    });
    expect(told(thanks.remoteId)).toMatchObject({ parentRemoteId: question.remoteId, own: false });
    expect((await harness.connector.fetchComments(account, new Date(Date.now() + 60_000), [question.postRemoteId])).comments).toEqual([]);
  });

  test("a reply whose answer is lost is found, under a comment and under a reply, and is there once", async ({ skip }) => {
    const { harness, has, publication, times, asked } = bench();
    if (!has.comments || !has.posts) return skip();
    const question = await asked("Apakah bisa daring?");
    const further = await asked("Saya juga ingin tahu", question.postRemoteId, question);
    for (const replyTo of [question, further]) {
      const text = `Bisa, lewat aplikasi (${replyTo === question ? 1 : 2})`;
      const mine = publication(text, { replyTo });
      await harness.spoil("reply", "accept-then-drop");
      expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
      expect((await mine.find()).kind).toBe(has.lookUp ? "found" : "unknown");
      expect(await times(text)).toBe(1);
    }
  });

  test("the same answer to two citizens: the first is not taken for the second", async ({ skip }) => {
    const { harness, has, publication, times, asked } = bench();
    if (!has.lookUp || !has.comments || !has.posts) return skip();
    const first = await asked("Jam buka loket?");
    const second = await asked("Loket buka jam berapa?", first.postRemoteId);
    const text = "Senin–Jumat pukul 08.00–15.00.";
    await publication(text, { replyTo: first }).publish();
    const mine = publication(text, { replyTo: second });
    await harness.spoil("reply", "drop-before");
    expect(await failureOf(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "absent" });
    await mine.publish();
    expect(await times(text)).toBe(2);
  });
}
