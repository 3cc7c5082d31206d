/** Accounts connected by a platform's consent page: state, proof, permissions, and whose account it was. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openAccount } from "#lib/channels/accounts.ts";
import { beginConsent, chooseOpened, finishConsent, readChoices } from "#lib/channels/consent.ts";
import type { Actor } from "#lib/core/access.ts";
import { db } from "#lib/core/db.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  vi.stubEnv("X_API_URL", `${world.lab.url}/x`);
  vi.stubEnv("X_DIALOG_URL", `${world.lab.url}/x`);
  vi.stubEnv("X_CLIENT_ID", "garda-uji");
  await world.lab.seed({
    platform: "x",
    users: [
      { id: "501", name: "Dinkes Kab. Tegal", username: "dinkestegal", token: "x-dinkes", followers: 900 },
      { id: "502", name: "Dinas Lain", username: "dinaslain", token: "x-lain" },
    ],
  });
});
afterAll(() => world.stop());

async function begin(actor: Actor, channelId: string | null = null): Promise<string> {
  const begun = await beginConsent(actor, { unitId: world.units.dinkes.id, platform: "x", channelId });
  if (!begun.ok) throw new Error("not begun");
  return begun.url;
}
/** What the consent page sends the holder of an account back with. */
async function consent(url: string, choice: Record<string, string>) {
  const answer = await fetch(`${url}&${new URLSearchParams(choice)}`, { redirect: "manual" });
  const back = new URL(answer.headers.get("location") ?? "http://nowhere.invalid");
  expect(`${back.origin}${back.pathname}`).toBe("http://localhost:41100/settings/channels/consent/x");
  return { platform: "x" as const, state: back.searchParams.get("state") ?? "", code: back.searchParams.get("code") };
}
const codesOf = (result: { ok: boolean; problems?: { code: string }[] }) => result.problems?.map(({ code }) => code);
const xChannels = () => db.channel.findMany({ where: { platform: "x" }, select: { id: true, remoteId: true, state: true, handle: true } });

test("a person sees whose account it is before it is connected; the key works, and is told to nobody", async () => {
  const { admin } = world.people;
  const returned = await finishConsent(admin, await consent(await begin(admin), { as: "dinkestegal" }));
  if (!returned.ok) throw new Error(codesOf(returned)?.join());
  expect(await xChannels()).toEqual([]);
  const shown = await readChoices(admin, returned.attemptId);
  expect(shown).toMatchObject({
    platform: "x",
    unit: { shortName: "Dinkes" },
    choices: [{ remoteId: "501", handle: "dinkestegal", usedBy: [] }],
  });
  expect(JSON.stringify(shown)).not.toMatch(/token/i);
  const chosen = await chooseOpened(admin, { attemptId: returned.attemptId, remoteId: "501" });
  if (!chosen.ok) throw new Error("not chosen");
  expect(await xChannels()).toMatchObject([{ remoteId: "501", state: "connected" }]);
  expect((await openAccount(chosen.channelId)).grant).toMatchObject({ accessToken: expect.any(String), refreshToken: expect.any(String) });
  expect(await refusalOf(chooseOpened(admin, { attemptId: returned.attemptId, remoteId: "501" }))).toBe("not-found");
});

test("what comes back serves once, in its time, and only the person who began", async () => {
  const { admin, secondAdmin } = world.people;
  const back = await consent(await begin(admin), { as: "dinaslain" });
  expect(codesOf(await finishConsent(secondAdmin, back))).toEqual(["consent-over"]);
  const first = await finishConsent(admin, back);
  expect(first.ok).toBe(true);
  expect(codesOf(await finishConsent(admin, back))).toEqual(["consent-over"]);
  expect(codesOf(await finishConsent(admin, { ...back, state: "tebakan-yang-cukup-panjang" }))).toEqual(["consent-over"]);
  if (first.ok) {
    for (const person of [secondAdmin, world.people.farAdmin])
      expect(await refusalOf(readChoices(person, first.attemptId))).toBe("not-found");
    expect(await refusalOf(chooseOpened(admin, { attemptId: first.attemptId, remoteId: "501" }))).toBe("not-found");
  }
  const late = await consent(await begin(admin), { as: "dinkestegal" });
  await world.passTime(16 * 60_000);
  expect(codesOf(await finishConsent(admin, late))).toEqual(["consent-over"]);
  expect(await xChannels()).toHaveLength(1);
});

test("a refused consent, and one without a needed permission, say so and change nothing", async () => {
  const { admin } = world.people;
  const before = await xChannels();
  expect(codesOf(await finishConsent(admin, await consent(await begin(admin), { deny: "1" })))).toEqual(["consent-denied"]);
  const partial = await finishConsent(admin, await consent(await begin(admin), { as: "dinkestegal", without: "tweet.write" }));
  expect(partial).toEqual({ ok: false, problems: [{ code: "consent-scope", params: { missing: "tweet.write" } }] });
  expect(await xChannels()).toEqual(before);
});

test("an account that is connected again must be that very account; then its posts go on", async () => {
  const { admin } = world.people;
  const [channel] = await xChannels();
  await db.channel.update({ where: { id: channel!.id }, data: { state: "needs_reauth" } });
  const other = await finishConsent(admin, await consent(await begin(admin, channel!.id), { as: "dinaslain" }));
  expect(other).toMatchObject({ ok: false, problems: [{ code: "consent-other-account", params: { opened: "Dinas Lain" } }] });
  expect(await xChannels()).toMatchObject([{ state: "needs_reauth" }]);
  const same = await finishConsent(admin, await consent(await begin(admin, channel!.id), { as: "dinkestegal" }));
  expect(same).toMatchObject({ ok: true, connected: channel!.id });
  expect(await xChannels()).toMatchObject([{ id: channel!.id, state: "connected" }]);
});

test("only for units that the person manages accounts of, and for channels of that unit", async () => {
  const { dinkes, disdukcapil } = world.units;
  const [channel] = await xChannels();
  const ask = (actor: Actor, unitId: string, channelId: string | null = null) =>
    refusalOf(beginConsent(actor, { unitId, platform: "x", channelId }));
  expect(await ask(world.people.farAdmin, dinkes.id)).toBe("not-found");
  expect(await ask(world.people.verifier, dinkes.id)).toBe("not-found");
  expect(await ask(world.people.loneAdmin, disdukcapil.id, channel!.id)).toBe("not-found");
  expect(await beginConsent(world.people.admin, { unitId: dinkes.id, platform: "bluesky", channelId: null })).toMatchObject({
    ok: false,
    problems: [{ code: "consent-not-configured" }],
  });
});
