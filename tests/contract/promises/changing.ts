/** What citizens change and remove after they wrote it. */
import { expect, test } from "vitest";
import { type Bench, eventually, longAgo } from "./bench.ts";

export function changing(bench: () => Bench): void {
  test("a changed comment is read with its new words", async ({ skip }) => {
    const { harness, has, asked, commentsOf } = bench();
    if (!has.edits || !has.lists || !harness.edit) return skip();
    const { remoteId, postRemoteId } = await asked("Buka jam 7?");
    await harness.edit(remoteId, "Buka jam 8?");
    const told = await eventually(async () =>
      (await commentsOf(postRemoteId)).find((one) => one.remoteId === remoteId && one.text === "Buka jam 8?"),
    );
    expect(told.sentAt.getTime()).toBeLessThanOrEqual(told.editedAt?.getTime() ?? Date.now());
  });

  test("a notification of a changed comment tells its new words under its old name", async ({ skip }) => {
    const { harness, has, asked } = bench();
    if (!has.editsNotified || !harness.edit || !harness.notified) return skip();
    const { remoteId, postRemoteId } = await asked("Loketnya di mana?");
    const { rawBody, headers, secret } = await harness.notified(() => harness.edit!(remoteId, "Loket KTP di mana?"));
    expect(harness.connector.readWebhook!(rawBody, headers, secret)).toMatchObject({
      ok: true,
      events: [
        { kind: "comment", comment: { remoteId, postRemoteId, text: "Loket KTP di mana?", editedAt: expect.any(Date), own: false } },
      ],
    });
  });

  test("a notification tells that a comment was removed", async ({ skip }) => {
    const { harness, has, account, asked } = bench();
    if (!has.removalsNotified || !harness.remove || !harness.notified) return skip();
    const { remoteId } = await asked("Salah tulis");
    const { rawBody, headers, secret } = await harness.notified(() => harness.remove!(remoteId));
    expect(harness.connector.readWebhook!(rawBody, headers, secret)).toEqual({
      ok: true,
      events: [{ kind: "comment-removed", accountRemoteId: account.remoteId, remoteId }],
    });
  });

  test("a list of comments says whether one that is missing was removed", async ({ skip }) => {
    const { harness, has, account, asked } = bench();
    if (!has.lists || !has.comments || !harness.remove) return skip();
    const gone = await asked("Ini akan hilang");
    const stays = await asked("Ini tetap ada", gone.postRemoteId);
    await harness.remove(gone.remoteId);
    const list = await eventually(async () => {
      const found = await harness.connector.fetchComments(account, longAgo, [gone.postRemoteId]);
      return found.comments.some(({ remoteId }) => remoteId === gone.remoteId) ? null : found;
    });
    expect(list.comments.map(({ remoteId }) => remoteId)).toEqual([stays.remoteId]);
    expect(list.whole).toEqual(has.removalsListed ? [gone.postRemoteId] : []);
  });
}
