/** Notifications. */
import { expect, test } from "vitest";
import type { Bench } from "./bench.ts";

export function hearing(bench: () => Bench): void {
  test("a notification counts only with the platform's signature", async ({ skip }) => {
    const { harness, account, has } = bench();
    const { connector, notification } = harness;
    if (!notification) return skip();
    const post = await harness.nativePost("Pengumuman lelang");
    const { rawBody, headers, secret } = await notification(post, "Di mana daftarnya? 🙏");
    const result = connector.readWebhook!(rawBody, headers, secret);
    expect(result).toMatchObject({
      ok: true,
      events: [
        {
          kind: "comment",
          accountRemoteId: account.remoteId,
          comment: { postRemoteId: post, text: "Di mana daftarnya? 🙏", own: false },
        },
      ],
    });
    expect(connector.readWebhook!(rawBody, headers, `${secret}x`)).toEqual({ ok: false, reason: "signature" });
    if (!has.signedBytes) return;
    expect(connector.readWebhook!(Buffer.concat([rawBody, Buffer.from(" ")]), headers, secret)).toEqual({
      ok: false,
      reason: "signature",
    });
  });
}
