/** Connecting, and what a token that is refused leads to. */
import { expect, test } from "vitest";
import type { Account, Checkpoint, Content } from "#lib/platforms/contract.ts";
import { type Bench, bare, failureOf, longAgo } from "./bench.ts";

export function connecting(bench: () => Bench): void {
  test("connecting answers with the account; a wrong secret asks for another", async () => {
    const { harness, account, connect } = bench();
    expect(await harness.connector.fetchProfile(account)).toMatchObject({ remoteId: account.remoteId, handle: account.handle });
    if (harness.login) expect(await failureOf(connect(harness.wrongSecret!))).toMatchObject({ kind: "needs-reauth" });
  });

  test("the holder's consent opens the account; a code serves once, and a consent without a needed permission is told", async ({
    skip,
  }) => {
    const { harness, account, consentPage, exchange } = bench();
    if (!harness.consent) return skip();
    const back = await harness.consent.walk(consentPage());
    expect(back.searchParams.get("state")).toBe("keadaan-uji");
    const code = back.searchParams.get("code") ?? "";
    expect((await exchange(code)).map(({ profile }) => profile.remoteId)).toContain(account.remoteId);
    expect(await failureOf(exchange(code))).toMatchObject({ kind: "needs-reauth", reason: "revoked" });
    const partial = await harness.consent.walk(consentPage(), harness.consent.needed);
    expect(await failureOf(exchange(partial.searchParams.get("code") ?? ""))).toEqual({
      kind: "needs-reauth",
      reason: "scope",
      missing: [harness.consent.needed],
    });
  });

  test("a token that the platform refuses asks for a new connection, in every call", async () => {
    const { harness, account, has, times } = bench();
    const broken = {
      ...account,
      grant: Object.fromEntries(Object.entries(account.grant).map(([key, value]) => [key, spoiled(key, value)])),
    };
    const content: Content = { ...bare, text: "Tanpa izin", key: "01939d6e-7c00-7000-8000-ffffffffffff", ...(await harness.always?.()) };
    const { connector } = harness;
    const fresh: Checkpoint = { stage: "new", at: null, data: {} };
    const calls = [
      () => connector.publish(broken, content, fresh, async () => undefined),
      () => connector.fetchProfile(broken),
      ...(has.lists ? [() => connector.fetchPosts(broken, longAgo)] : []),
    ];
    for (const call of calls) expect(await failureOf(call())).toMatchObject({ kind: "needs-reauth" });
    expect(await times("Tanpa izin")).toBe(0);
  });
}

function spoiled(key: string, value: Account["grant"][string]): Account["grant"][string] {
  return /token|jwt/i.test(key) ? "bukan.token.sah" : value;
}
