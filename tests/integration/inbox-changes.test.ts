/** Citizens' words that are changed or taken back after they came in, and what webhooks leave behind. */
import { serialize } from "node:v8";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { seal } from "#lib/core/crypto.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { letGo, readAgain, unreadOf } from "#lib/inbox/intake/unread.ts";
import { acceptWebhook, drainWebhooks, forgetWebhooks, takeInWebhook } from "#lib/inbox/intake/webhooks.ts";
import type { RemoteComment, WebhookEvent } from "#lib/platforms/contract.ts";
import { ago, caseOf, comment, messagesOf, phonePost, poll, question } from "../support/citizens.ts";
import { makeWorld, page, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const take = (...comments: RemoteComment[]) => ingest(world.channels.facebook, comments, "webhook");
const changesOf = (caseId: string) => db.messageChange.findMany({ where: { caseId }, orderBy: { id: "asc" } });
const edited = (of: RemoteComment, text: string, minutes: number): RemoteComment => ({ ...of, text, editedAt: ago(minutes) });
const removal = ({ remoteId }: { remoteId: string }): WebhookEvent => ({ kind: "comment-removed", accountRemoteId: page.id, remoteId });

describe("a comment that its writer changes", () => {
  it("keeps the words of before; the list shows the new ones, masked", async () => {
    const root = comment();
    await take(root);
    await take(edited(root, `${question} Nomor saya 081234567890`, 2));
    const found = await caseOf(root);
    expect(found.excerpt).toContain("⟦telepon⟧");
    expect((await messagesOf(found.id)).map(({ text }) => text)).toEqual([question]);
    expect(await changesOf(found.id)).toMatchObject([{ kind: "edited", text: expect.stringContaining("⟦telepon⟧"), masked: ["phone"] }]);
    expect(found.duties).toHaveLength(1);
  });

  it("is what was said last, in whichever order the notifications come, each twice", async () => {
    const root = comment();
    const versions = [
      root,
      edited(root, "Jam berapa loket imunisasi buka hari Sabtu?", 5),
      edited(root, "Jam berapa loket buka hari Minggu?", 3),
    ] as const;
    for (const order of [
      [0, 2, 1],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const own = comment();
      const parts = versions.map((version) => ({ ...version, remoteId: own.remoteId, author: own.author }));
      for (const at of [...order, ...order]) await take(parts[at]!);
      const found = await caseOf(own);
      const texts = [...(await messagesOf(found.id)), ...(await changesOf(found.id))].map(({ text }) => text);
      expect(texts.at(-1)).toBe(versions[2].text);
    }
  });

  it("from thanks into a question is opened for a person, without a deadline that nobody could have kept", async () => {
    const root = comment({ text: "Terima kasih banyak Pak" });
    await take(root);
    expect(await caseOf(root)).toMatchObject({ state: "done" });
    await take(edited(root, question, 1));
    expect(await caseOf(root)).toMatchObject({ state: "open", unsure: true, dueAt: null });
  });

  it("is not one whose spaces alone differ, nor our own answer as the platform shows it", async () => {
    const root = comment();
    await take(root);
    await take({ ...root, text: ` ${question}  ` });
    expect(await changesOf((await caseOf(root)).id)).toEqual([]);
  });
});

describe("a comment that is taken back", () => {
  it("is marked once, keeps its words and its duty, by a removal before or after it, or both", async () => {
    for (const order of ["after", "before", "twice"]) {
      const root = comment();
      if (order === "before") await takeInWebhook("facebook", [removal(root)]);
      await take(root);
      if (order !== "before") await takeInWebhook("facebook", [removal(root)]);
      if (order === "twice") await takeInWebhook("facebook", [removal(root)]);
      const found = await caseOf(root);
      expect(await changesOf(found.id)).toMatchObject([{ kind: "removed" }]);
      expect(await messagesOf(found.id)).toMatchObject([{ text: question }]);
      expect(found.duties).toHaveLength(1);
    }
  });

  it("is noticed by reading the account when no notification told of it; what stays is not touched", async () => {
    const post = await phonePost(world);
    const ids = [
      await world.comment(post, "Siti", "Kapan vaksin datang?"),
      await world.comment(post, "Eko", "Di mana daftarnya?"),
    ] as const;
    await poll(world.channels.facebook);
    const [gone, stays] = [await caseOf({ remoteId: ids[0] }), await caseOf({ remoteId: ids[1] })];
    await world.passTime(7 * 3_600_000);
    await world.lab.changeComment("facebook", ids[0]);
    await poll(world.channels.facebook);
    expect(await changesOf(gone.id)).toMatchObject([{ kind: "removed" }]);
    expect(await changesOf(stays.id)).toEqual([]);
  });
});

describe("what webhooks brought", () => {
  beforeEach(async () => {
    await db.webhookDelivery.deleteMany();
  });
  const events = (...comments: RemoteComment[]): WebhookEvent[] =>
    comments.map((one) => ({ kind: "comment" as const, accountRemoteId: page.id, comment: one }));
  const bodyOf = (text: string) => new TextEncoder().encode(text);

  it("waits sealed until the worker reads it, and is then forgotten but for its digest", async () => {
    const root = comment({ text: "NIK saya 3328014107900021, kapan KTP jadi?" });
    await acceptWebhook("facebook", bodyOf("satu"), events(root));
    const [kept] = await db.webhookDelivery.findMany();
    expect(kept).toMatchObject({ state: "waiting", count: 1 });
    expect(kept?.events).not.toContain("3328014107900021");
    expect(await drainWebhooks()).toBe(1);
    expect(await db.webhookDelivery.findMany()).toMatchObject([{ state: "taken", events: null }]);
    expect((await caseOf(root)).hasPii).toBe(true);
    await forgetWebhooks(new Date(now().getTime() + 1));
    expect(await db.webhookDelivery.count()).toBe(0);
  });

  it("is read once, however often the same body comes and however many workers read", async () => {
    const roots = Array.from({ length: 30 }, () => comment());
    await Promise.all(roots.flatMap((root) => [1, 2].map(() => acceptWebhook("facebook", bodyOf(root.remoteId), events(root)))));
    expect(await db.webhookDelivery.count()).toBe(30);
    await Promise.all([drainWebhooks(7), drainWebhooks(7), drainWebhooks(7), drainWebhooks(30)]);
    while (await drainWebhooks());
    for (const root of roots) expect(await messagesOf((await caseOf(root)).id)).toHaveLength(1);
  });

  it("that cannot be read does not hold up the others, and waits for another time", async () => {
    const good = comment();
    await acceptWebhook("facebook", bodyOf("baik"), events(good));
    await acceptWebhook("facebook", bodyOf("buruk"), events({ ...comment(), sentAt: new Date(Number.NaN) }));
    await drainWebhooks();
    expect((await caseOf(good)).state).toBe("open");
    const left = await db.webhookDelivery.findMany({ where: { state: "waiting" } });
    expect(left).toHaveLength(1);
    expect(left[0]!.runAt.getTime()).toBeGreaterThan(now().getTime());
    await db.webhookDelivery.updateMany({ where: { state: "waiting" }, data: { runAt: ago(1), attempts: 7 } });
    await drainWebhooks();
    expect(await db.webhookDelivery.count({ where: { state: "failed" } })).toBe(1);
    await db.webhookDelivery.deleteMany({ where: { state: "failed" } });
  });

  /** A notification with one event among others that cannot be read, tried until a person has to look. */
  async function given(name: string) {
    const [one, other] = [comment(), comment()];
    const bad = { ...comment(), sentAt: new Date(Number.NaN) };
    await acceptWebhook("facebook", bodyOf(name), [...events(one), ...events(bad), ...events(other)]);
    await drainWebhooks();
    for (const root of [one, other]) expect(await messagesOf((await caseOf(root)).id)).toHaveLength(1);
    await db.webhookDelivery.updateMany({ where: { state: "waiting" }, data: { runAt: ago(1), attempts: 7 } });
    await drainWebhooks();
    return db.webhookDelivery.findFirstOrThrow({ where: { state: "failed" } });
  }

  it("of several events none waits for one that cannot be read; that one waits for a person, who is told once a day", async () => {
    const { admin, farAdmin, secondAdmin, supervisor, verifier } = world.people;
    await db.notice.deleteMany({ where: { type: "inbox.unread" } });
    const failed = await given("campuran");
    expect(failed).toMatchObject({ count: 1, unitId: world.units.dinkes.id, channelId: world.channels.facebook.id });
    expect(failed.problem).toMatch(/^[A-Za-z0-9]+$/);
    const told = async () => (await db.notice.findMany({ where: { type: "inbox.unread" } })).map(({ personId }) => personId);
    expect(await told()).toEqual(expect.arrayContaining([admin, secondAdmin, supervisor].map(({ personId }) => personId)));
    const before = (await told()).length;
    expect((await unreadOf(admin)).map(({ id }) => id)).toEqual([failed.id]);
    const systemAdmin: Actor = { ...farAdmin, authorities: [{ ...farAdmin.authorities[0]!, role: "system_admin", reach: "government" }] };
    for (const other of [farAdmin, verifier, systemAdmin]) {
      expect(await unreadOf(other)).toEqual([]);
      await expect(readAgain(other, { deliveryId: failed.id })).rejects.toThrow("not-found");
    }
    await given("campuran kedua");
    expect(await told()).toHaveLength(before);
    await db.webhookDelivery.deleteMany({ where: { state: "failed" } });
  });

  it("whose account cannot be told waits for a system administrator; nothing unread is forgotten with what was read", async () => {
    const { farAdmin, admin } = world.people;
    const systemAdmin: Actor = { ...farAdmin, authorities: [{ ...farAdmin.authorities[0]!, role: "system_admin", reach: "government" }] };
    await acceptWebhook("facebook", bodyOf("tanpa akun"), events(comment()));
    await db.webhookDelivery.updateMany({ where: { state: "waiting" }, data: { events: "rusak", attempts: 7 } });
    await forgetWebhooks(new Date(now().getTime() + 60_000));
    await drainWebhooks();
    const [failed] = await unreadOf(systemAdmin);
    expect(failed).toMatchObject({ platform: "facebook", handle: "" });
    expect(await unreadOf(admin)).toEqual([]);
    await expect(letGo(admin, { deliveryId: failed!.id })).rejects.toThrow("not-found");
    expect(await letGo(systemAdmin, { deliveryId: failed!.id })).toEqual({ ok: true });
  });

  it("what waits for a person is kept, read again when he says so, or forgotten when he lets it go", async () => {
    const { admin } = world.people;
    const { id: deliveryId } = await given("dibaca lagi");
    await forgetWebhooks(new Date(now().getTime() + 60_000));
    const good = comment();
    await db.webhookDelivery.update({
      where: { id: deliveryId },
      data: { events: seal(serialize(events(good)).toString("base64")) },
    });
    expect(await readAgain(admin, { deliveryId })).toEqual({ ok: true });
    await expect(letGo(admin, { deliveryId })).rejects.toThrow("stale");
    await drainWebhooks();
    expect(await messagesOf((await caseOf(good)).id)).toHaveLength(1);
    const other = await given("dilepas");
    expect(await letGo(admin, { deliveryId: other.id })).toEqual({ ok: true });
    expect(await db.webhookDelivery.findUniqueOrThrow({ where: { id: other.id } })).toMatchObject({ state: "taken", events: null });
    await forgetWebhooks(new Date(now().getTime() + 60_000));
    expect(await db.webhookDelivery.count()).toBe(0);
  });
});
