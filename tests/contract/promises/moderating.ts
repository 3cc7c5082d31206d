/** Likes and hidden comments. */
import { expect, test } from "vitest";
import type { Moderation } from "#lib/platforms/contract.ts";
import { type Asked, type Bench, eventually, failureOf } from "./bench.ts";

export function moderating(bench: () => Bench): void {
  const act = (target: Asked, action: Moderation) => {
    const { harness, account } = bench();
    return harness.connector.moderation!.act(account, target, action);
  };

  test("what can be done with a comment is told beforehand, and nothing else is tried", async () => {
    const { harness, account, has } = bench();
    const { moderation } = harness.connector;
    const offered = [...(has.likes ? ["like"] : []), ...(has.hides ? ["hide", "unhide"] : [])];
    expect(moderation?.actions ?? []).toEqual(offered);
    if (!moderation) return;
    const post = { remoteId: "1", postRemoteId: "1", ref: null };
    expect(await failureOf(moderation.act(account, post, moderation.actions[0]!)), "our own post is no comment").toEqual({
      kind: "rejected",
      code: "unsupported",
    });
    if (moderation.actions.includes("like")) return;
    const comment = { remoteId: "2", postRemoteId: "1", ref: null };
    expect(await failureOf(moderation.act(account, comment, "like"))).toEqual({ kind: "rejected", code: "unsupported" });
  });

  test("a like reaches the comment, and a second one changes nothing", async ({ skip }) => {
    const { harness, has, asked } = bench();
    if (!has.likes || !harness.seen) return skip();
    const comment = await asked("Terima kasih sudah diperbaiki");
    const { postRemoteId, remoteId } = comment;
    expect(await harness.seen(postRemoteId, remoteId)).toEqual({ shown: true, liked: false });
    for (const _ of [1, 2]) await act(comment, "like");
    expect(await harness.seen(postRemoteId, remoteId)).toEqual({ shown: true, liked: true });
  });

  test("a hidden comment is seen by strangers no more, until it is shown again; doing it twice is doing it once", async ({ skip }) => {
    const { harness, has, asked } = bench();
    if (!has.hides || !harness.seen) return skip();
    const comment = await asked("Kata-kata kasar");
    const other = await asked("Pertanyaan lain", comment.postRemoteId);
    const shown = async (id: string) => (await harness.seen!(comment.postRemoteId, id)).shown;
    for (const _ of [1, 2]) await act(comment, "hide");
    expect(await shown(comment.remoteId)).toBe(false);
    expect(await shown(other.remoteId)).toBe(true);
    for (const _ of [1, 2]) await act(comment, "unhide");
    expect(await shown(comment.remoteId)).toBe(true);
  });

  test("what is no longer there is refused", async ({ skip }) => {
    const { harness, asked } = bench();
    const action = harness.connector.moderation?.actions[0];
    if (!action || !harness.remove || !harness.seen) return skip();
    const comment = await asked("Sudah saya hapus");
    await harness.remove(comment.remoteId);
    await eventually(async () => ((await harness.seen!(comment.postRemoteId, comment.remoteId)).shown ? null : true));
    expect(await failureOf(act(comment, action))).toMatchObject({ kind: "rejected" });
  });

  test("trouble on the way may be tried again, also when it was done", async ({ skip }) => {
    const { harness, has, asked } = bench();
    const action = harness.connector.moderation?.actions[0];
    if (!action || !harness.spoilModeration || !harness.seen) return skip();
    const comment = await asked("Mohon ditindaklanjuti");
    await harness.spoilModeration("rate-limit");
    expect(await failureOf(act(comment, action))).toMatchObject({ kind: "rate-limited", until: expect.any(Date) });
    for (const fault of ["500-before", "drop-before", "accept-then-drop"] as const) {
      await harness.spoilModeration(fault);
      expect(await failureOf(act(comment, action)), fault).toMatchObject({ kind: "retryable" });
    }
    await act(comment, action);
    expect(await harness.seen(comment.postRemoteId, comment.remoteId)).toEqual({ shown: has.likes, liked: has.likes });
  });
}
