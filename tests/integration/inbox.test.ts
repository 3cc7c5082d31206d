/** Citizens' words on their way in. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { onSignal, type Signal, signal } from "#lib/core/live.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { takeInWebhook } from "#lib/inbox/intake/webhooks.ts";
import { referCase } from "#lib/inbox/referrals/referring.ts";
import { addNote } from "#lib/inbox/work/working.ts";
import type { RemoteComment } from "#lib/platforms/contract.ts";
import { connectorFor } from "#lib/platforms/registry.ts";
import { ago, caseOf, comment, messagesOf, ownReply, phonePost, poll } from "../support/citizens.ts";
import { labSecret } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";
import { eventually, makeWorld, type World } from "../support/world.ts";

let world: World;
let app: Listener;
beforeAll(async () => {
  world = await makeWorld();
  app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
  await world.lab.webhooksTo(app.url);
});
afterAll(async () => {
  await app?.close();
  await world?.stop();
});

/** The signed body that the lab sends for the comment with these words, read as the webhook route reads it. */
async function notified(words: string) {
  for (;;) {
    const { method, headers, body } = await app.next();
    if (method !== "POST" || !body.toString().includes(JSON.stringify(words).slice(1, -1).replaceAll("/", "\\/"))) continue;
    const pairs = Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as [string, string]] : [],
    );
    const result = connectorFor("facebook", "api").readWebhook?.(body, new Headers(pairs), labSecret);
    if (!result?.ok) throw new Error("the webhook was not read");
    return result.events;
  }
}
const take = (...comments: RemoteComment[]) => ingest(world.channels.facebook, comments);

describe("a comment comes in", () => {
  it("by a signed webhook: it becomes a case with its deadline, and the unit's list shows it", async () => {
    const post = await phonePost(world);
    const words = "Kapan obat TBC tersedia lagi di Puskesmas Slawi?";
    const id = await world.comment(post, "Siti Aminah", words);
    await takeInWebhook("facebook", await notified(words));
    const found = await caseOf({ remoteId: id });
    expect(found).toMatchObject({ state: "open", authorName: "Siti Aminah", kind: "question", unitId: world.units.dinkes.id });
    expect(found.units).toMatchObject([{ unitId: world.units.dinkes.id, role: "owner", state: "open", dueAt: found.dueAt }]);
    expect(await messagesOf(found.id)).toMatchObject([{ remoteId: id, direction: "in", text: words }]);
    expect(found.citizenId).toBeTruthy();
  });

  it("by webhook and by polling alike, in whichever order: one message", async () => {
    const post = await phonePost(world);
    const words = ["Apakah puskesmas buka hari Sabtu?", "Apakah puskesmas buka hari Minggu?"] as const;
    const ids = [await world.comment(post, "Dewi", words[0]), await world.comment(post, "Eko", words[1])];
    const first = await notified(words[0]);
    const second = await notified(words[1]);
    await takeInWebhook("facebook", first);
    await poll(world.channels.facebook);
    await takeInWebhook("facebook", second);
    await takeInWebhook("facebook", [...first, ...second]);
    for (const remoteId of ids) expect(await messagesOf((await caseOf({ remoteId })).id)).toHaveLength(1);
  });

  it("of a page that nobody connected: dropped without a word", async () => {
    const stray = { kind: "comment" as const, accountRemoteId: "999", comment: comment() };
    await takeInWebhook("facebook", [stray]);
    expect(await db.remoteKey.count({ where: { remoteId: stray.comment.remoteId } })).toBe(0);
  });

  it("that is too long for the list, ends in half an emoji, or has characters no database holds", async () => {
    const long = comment({ text: `${"a".repeat(199)}🙏 kapan buka?`, author: { remoteId: "p1", name: `${"b".repeat(119)}🎉` } });
    const odd = comment({ text: "kapan\u0000 buka \ud83d ?", author: { remoteId: "p2", name: "\ude00" } });
    expect(await take(long, odd)).toEqual({ created: 2, known: 0 });
    expect(await caseOf(long)).toMatchObject({ excerpt: "a".repeat(199), authorName: "b".repeat(119) });
    expect(await messagesOf((await caseOf(odd)).id)).toMatchObject([{ text: "kapan buka \ufffd ?" }]);
  });

  it("from people whose names the platform withholds: they are not one person", async () => {
    const hidden = [comment({ author: { remoteId: "", name: "" } }), comment({ author: { remoteId: "", name: "" } })] as const;
    await take(...hidden);
    expect((await caseOf(hidden[0])).citizenId).not.toBe((await caseOf(hidden[1])).citizenId);
  });

  it("from a clock ahead of ours: it is not of the future", async () => {
    const early = comment({ sentAt: new Date(now().getTime() + 3_600_000) });
    await take(early);
    expect((await caseOf(early)).receivedAt.getTime()).toBeLessThanOrEqual(now().getTime());
  });
});

describe("a thread is the same whatever the order of its parts", () => {
  const thread = () => {
    const root = comment({ sentAt: ago(60) });
    const more = comment({ parentRemoteId: root.remoteId, sentAt: ago(50), text: "Apakah perlu membawa buku KIA?" });
    const answer = ownReply(root, ago(40));
    const thanks = comment({ parentRemoteId: root.remoteId, sentAt: ago(30), text: "Terima kasih banyak, sangat membantu" });
    const again = comment({ parentRemoteId: root.remoteId, sentAt: ago(20), text: "Satu lagi Bu, di mana tempat pendaftarannya?" });
    return [root, more, answer, thanks, again] as const;
  };
  const orders = [
    [0, 1, 2, 3, 4],
    [4, 3, 2, 1, 0],
    [1, 0, 3, 4, 2],
    [0, 4, 2, 1, 3],
    [2, 0, 1, 3, 4],
    [0, 2, 4, 1, 3],
  ];

  it.each(orders.map((order) => [order.join(" "), order] as const))("arriving one by one as %s, each twice", async (_, order) => {
    const parts = thread();
    for (const at of order) await take(parts[at] as RemoteComment);
    for (const at of order) await take(parts[at] as RemoteComment); // the next look of the poll
    const found = await caseOf(parts[0]);
    const said = (await messagesOf(found.id)).map((message) => message.remoteId);
    expect(said.sort()).toEqual(parts.map((part) => part.remoteId).sort());
    expect(await db.inboxCase.count({ where: { rootRemoteId: { in: parts.map((part) => part.remoteId) } } })).toBe(1);
    // Who asked last still waits; who asked before the answer does not.
    expect(found).toMatchObject({ state: "open", lastMessageAt: parts[4].sentAt });
    const open = found.duties.filter((duty) => duty.answeredAt === null);
    expect(open).toMatchObject([{ openedAt: parts[4].sentAt, dueAt: found.dueAt }]);
    for (const duty of found.duties) if (duty.openedAt < parts[2].sentAt) expect(duty.answeredAt).toEqual(parts[2].sentAt);
    expect(found.units).toMatchObject([{ state: "open", dueAt: found.dueAt, lastMessageAt: found.lastMessageAt }]);
  });

  it("a reply before its parent begins the thread; both are in it", async () => {
    const root = comment({ sentAt: ago(9) });
    const reply = comment({ parentRemoteId: root.remoteId, sentAt: ago(8) });
    await take(reply);
    await take(root);
    expect(await messagesOf((await caseOf(root)).id)).toHaveLength(2);
  });

  it("two callers with the same comments at once, one of them backwards: nothing doubled, nobody fails", async () => {
    const roots = Array.from({ length: 12 }, () => comment());
    const all = roots.flatMap((root) => [
      root,
      comment({ parentRemoteId: root.remoteId, sentAt: ago(5), author: { remoteId: "sama", name: "Warga" } }),
      comment({ parentRemoteId: root.remoteId, sentAt: ago(4) }),
    ]);
    const oneByOne = async (comments: RemoteComment[]) => {
      for (const one of comments) await take(one);
    };
    await Promise.all([take(...all), oneByOne(all.toReversed()), oneByOne(all)]);
    for (const root of roots) {
      const found = await caseOf(root);
      expect(await messagesOf(found.id)).toHaveLength(3);
      expect(found.duties.filter((duty) => !duty.answeredAt)).toHaveLength(1);
    }
  });
});

describe("an answer from a phone", () => {
  it("ends the waiting at the time it was given", async () => {
    const root = comment({ sentAt: ago(30) });
    const answer = ownReply(root, ago(20));
    await take(root, answer);
    const found = await caseOf(root);
    expect(found).toMatchObject({ state: "answered", dueAt: null, answeredAt: answer.sentAt });
    expect(found.duties).toMatchObject([{ openedAt: root.sentAt, answeredAt: answer.sentAt }]);
  });

  it("under the account's own post opens no case", async () => {
    const own = comment({ own: true });
    expect(await take(own)).toEqual({ created: 1, known: 0 });
    expect(await db.inboxCase.count({ where: { rootRemoteId: own.remoteId } })).toBe(0);
  });

  it("through the platform itself is known by polling, too", async () => {
    const post = await phonePost(world);
    const id = await world.comment(post, "Fajar", "Berapa biaya vaksin?");
    await world.graph(`${id}/comments`, { message: "Gratis, Bapak" });
    await poll(world.channels.facebook);
    expect(await caseOf({ remoteId: id })).toMatchObject({ state: "answered", dueAt: null });
  });
});

it("the deadline is fixed in the working time of the unit's own zone", async () => {
  // Friday 20 November 2026, 08.00 UTC: 15.00 in Tegal, an hour and a half before closing; 17.00 in Jayapura, after it.
  const friday = new Date("2026-11-20T08:00:00Z");
  const [here, there] = [comment({ sentAt: friday }), comment({ sentAt: friday })];
  await take(here);
  await ingest(world.channels.far, [there]);
  expect((await caseOf(here)).dueAt?.toISOString()).toBe("2026-11-23T07:30:00.000Z"); // Monday 14.30 WIB: its break is the shorter one
  expect((await caseOf(there)).dueAt?.toISOString()).toBe("2026-11-23T07:00:00.000Z"); // Monday 16.00 WIT
  const crisis = comment({ sentAt: friday, text: "Tolong cepat, ada korban keracunan massal di sekolah, banyak anak pingsan!" });
  await take(crisis);
  expect(await caseOf(crisis)).toMatchObject({ urgent: true, dueAt: new Date("2026-11-20T10:00:00Z") });
});

it("a NIK, a KK, a telephone number or an address stands nowhere in the database", async () => {
  const secrets = ["3328014107900021", "3328010101110009", "081234567890", "siti.aminah@example.com"];
  const [nik, kk, phone, email] = secrets;
  const root = comment({
    text: `NIK saya ${nik}, KK ${kk}, WA ${phone}, surel ${email}. Kapan kartu saya jadi?`,
    author: { remoteId: "siti", name: `Siti ${phone}` },
  });
  await take(root, comment({ parentRemoteId: root.remoteId, text: `Ini NIK saya lagi: 3328 0141 0790 0021`, sentAt: ago(5) }));
  await world.comment(await phonePost(world), `Siti ${nik}`, `NIK ${nik} HP ${phone}`);
  await poll(world.channels.facebook);
  expect((await messagesOf((await caseOf(root)).id))[0]).toMatchObject({
    text: expect.stringContaining("NIK saya ⟦nik⟧, KK ⟦kk⟧, WA ⟦telepon⟧"),
    masked: expect.arrayContaining(["nik", "kk", "phone", "email"]),
  });

  const columns = await db.$queryRaw<{ place: string; column: string }[]>`
    SELECT format('%I.%I', c.table_schema, c.table_name) AS place, format('%I', c.column_name) AS column FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema IN ('public', 'pgboss') AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY')`;
  expect(columns.length).toBeGreaterThan(60);
  for (const { place, column } of columns) {
    const [row] = await db.$queryRawUnsafe<{ found: bigint }[]>(
      `SELECT count(*) AS found FROM ${place} WHERE ${column}::text LIKE ANY($1::text[]) OR ${column}::text ~ '3328[ .-]?0141'`,
      secrets.map((secret) => `%${secret}%`),
    );
    expect([place, column, Number(row?.found)]).toEqual([place, column, 0]);
  }
});

describe("open pages hear of it", () => {
  it("when the message is there to be read, and not at all when it was taken back", async () => {
    const heard: Signal[] = [];
    const readable: Promise<boolean>[] = [];
    const stop = onSignal((s) => {
      heard.push(s);
      if (s.topic === "case" && s.id) readable.push(messagesOf(s.id).then((messages) => messages.length > 0));
    });
    await eventually(async () => {
      await signal(db, { topic: "score", id: "siap" });
      expect(heard.some((s) => s.id === "siap")).toBe(true);
    });
    readable.length = 0;
    const root = comment();
    await take(root);
    const { id, unitId } = await caseOf(root);
    await db
      .$transaction(async (tx) => {
        await signal(tx, { topic: "case", unitId, id: "tidak-jadi" });
        throw new Error("taken back");
      })
      .catch(() => {});
    await signal(db, { topic: "score", id: "selesai" });
    await eventually(async () => expect(heard.some((s) => s.id === "selesai")).toBe(true));
    stop();
    expect(heard).toContainEqual({ topic: "case", unitId, id });
    expect(heard.some((s) => s.id === "tidak-jadi")).toBe(false);
    expect(await Promise.all(readable)).toEqual([true]);
  });

  it("of every agency that sees the case, and of no other", async () => {
    const { admin } = world.people;
    const { dinkes, disdukcapil } = world.units;
    const root = comment();
    await take(root);
    const { id, revision } = await caseOf(root);
    await referCase(admin, { caseId: id, revision, unitId: disdukcapil.id, instruction: "Mohon dicek", days: 3, tell: "" });
    const heard: Signal[] = [];
    const stop = onSignal((s) => heard.push(s));
    const heardOf = async (what: () => Promise<unknown>) => {
      heard.length = 0;
      await what();
      await signal(db, { topic: "score", id: "sudah" });
      await eventually(async () => expect(heard.some((s) => s.id === "sudah")).toBe(true));
      return heard.flatMap((s) => (s.topic === "case" && s.id === id ? [s.unitId] : [])).sort();
    };
    const both = [dinkes.id, disdukcapil.id].sort();
    expect(await heardOf(() => addNote(admin, { caseId: id, text: "Sudah ditelepon" }))).toEqual(both);
    expect(await heardOf(() => take(comment({ parentRemoteId: root.remoteId })))).toEqual(both);
    stop();
  });
});
