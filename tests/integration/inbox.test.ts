/** Citizens' words on their way in, and answers on their way out. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { onSignal, type Signal, signal } from "#lib/core/live.ts";
import { answerCase } from "#lib/inbox/answering.ts";
import { ingest } from "#lib/inbox/ingest.ts";
import { caseDetail, countCases, listCases } from "#lib/inbox/queries.ts";
import { takeInWebhook } from "#lib/inbox/webhooks.ts";
import { addNote, assignCase, correctKind, finishCase, reopenCase } from "#lib/inbox/working.ts";
import type { RemoteComment } from "#lib/platforms/contract.ts";
import { connectorFor } from "#lib/platforms/registry.ts";
import { unitByCode } from "#lib/units/queries.ts";
import { handleEvents, runDue } from "../support/desk.ts";
import { labSecret } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";
import { eventually, farPage, makeWorld, page, refusalOf, type World } from "../support/world.ts";

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

const question = "Pak, jam berapa loket imunisasi di puskesmas buka?";
const minute = 60_000;
const ago = (minutes: number) => new Date(now().getTime() - minutes * minute);
let number = 0;
/** A post on the page, made from a phone. */
const phonePost = async () => {
  number += 1;
  return (await world.graph<{ id: string }>(`${page.id}/feed`, { message: `Unggahan dari ponsel nomor ${number}` })).id;
};

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

/** A comment as a connector hands it in. */
function comment(change: Partial<RemoteComment> & { from?: string } = {}): RemoteComment {
  number += 1;
  const { from = `warga-${number}`, ...rest } = change;
  return {
    remoteId: `900_${number}`,
    postRemoteId: `${page.id}_900`,
    parentRemoteId: null,
    author: { remoteId: from, name: `Warga ${from}` },
    text: question,
    sentAt: ago(10),
    own: false,
    ref: null,
    ...rest,
  };
}
const ownReply = (to: RemoteComment, sentAt: Date) =>
  comment({
    parentRemoteId: to.remoteId,
    own: true,
    text: "Setiap Senin pukul 08.00",
    sentAt,
    author: { remoteId: page.id, name: "Dinkes" },
  });
const take = (...comments: RemoteComment[]) => ingest(world.channels.facebook, comments);
const caseOf = (root: { remoteId: string }) =>
  db.inboxCase.findFirstOrThrow({
    where: { rootRemoteId: root.remoteId },
    include: { duties: { orderBy: { openedAt: "asc" } }, units: true },
  });
const messagesOf = (caseId: string) => db.message.findMany({ where: { caseId }, orderBy: { id: "asc" } });

describe("a comment comes in", () => {
  it("by a signed webhook: it becomes a case with its deadline, and the unit's list shows it", async () => {
    const post = await phonePost();
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
    const post = await phonePost();
    const words = ["Apakah puskesmas buka hari Sabtu?", "Apakah puskesmas buka hari Minggu?"] as const;
    const ids = [await world.comment(post, "Dewi", words[0]), await world.comment(post, "Eko", words[1])];
    const first = await notified(words[0]);
    const second = await notified(words[1]);
    await takeInWebhook("facebook", first);
    await poll();
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
    const root = comment({ sentAt: ago(60), from: `tertib-${number}` });
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
      comment({ parentRemoteId: root.remoteId, sentAt: ago(5), from: "sama" }),
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
    const post = await phonePost();
    const id = await world.comment(post, "Fajar", "Berapa biaya vaksin?");
    await world.graph(`${id}/comments`, { message: "Gratis, Bapak" });
    await poll();
    expect(await caseOf({ remoteId: id })).toMatchObject({ state: "answered", dueAt: null });
  });
});

it("the deadline is fixed in the working time of the unit's own zone", async () => {
  // Friday 20 November 2026, 08.00 UTC: 15.00 in Tegal, an hour before closing; 17.00 in Jayapura, after it.
  const friday = new Date("2026-11-20T08:00:00Z");
  const [here, there] = [comment({ sentAt: friday }), comment({ sentAt: friday })];
  await take(here);
  await ingest(world.channels.far, [there]);
  expect((await caseOf(here)).dueAt?.toISOString()).toBe("2026-11-23T08:00:00.000Z"); // Monday 15.00 WIB
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
  await world.comment(await phonePost(), `Siti ${nik}`, `NIK ${nik} HP ${phone}`);
  await poll();
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

describe("answering", () => {
  /** A citizen's comment on the platform, taken in; with the ref that the desk's form holds. */
  async function waiting(name = "Gita") {
    const post = await phonePost();
    const remoteId = await world.comment(post, name, question);
    await poll();
    await world.passTime(1000); // the platform's clock counts seconds
    const { id, revision } = await caseOf({ remoteId });
    return { post, remoteId, caseId: id, revision };
  }
  const refs = ({ caseId, revision }: { caseId: string; revision: number }) => ({ caseId, revision });
  const replies = async (remoteId: string) =>
    (await world.graph<{ data: { message: string }[] }>(`${remoteId}/comments?fields=message`)).data.map((reply) => reply.message);

  it("goes out once, stands in the thread, and ends the waiting", async () => {
    const { admin } = world.people;
    const { remoteId, ...found } = await waiting();
    expect(await answerCase(admin, { ...refs(found), text: "Buka Senin pukul 08.00, Ibu." })).toEqual({ ok: true });
    expect(await caseOf({ remoteId })).toMatchObject({ state: "open", assigneeId: admin.personId });
    await runDue();
    await handleEvents();
    expect(await replies(remoteId)).toEqual(["Buka Senin pukul 08.00, Ibu."]);
    const after = await caseOf({ remoteId });
    expect(after).toMatchObject({ state: "answered", dueAt: null });
    expect(after.duties).toMatchObject([{ answeredAt: expect.any(Date) }]);
    const thread = () => messagesOf(found.caseId).then((all) => all.map((message) => [message.direction, message.authorName]));
    expect(await thread()).toEqual([
      ["in", "Gita"],
      ["out", admin.name],
    ]);

    await poll(); // the platform lists our own answer, and its webhook told of it
    await handleEvents();
    expect(await thread()).toEqual([
      ["in", "Gita"],
      ["out", admin.name],
    ]);
    expect((await caseDetail(admin, found.caseId)).thread.map((item) => item.type)).toEqual(["message", "message"]);
  });

  it("is one message also when the platform's own notice of it comes first", async () => {
    const { admin } = world.people;
    const { remoteId, ...found } = await waiting();
    await answerCase(admin, { ...refs(found), text: "Silakan datang." });
    await runDue();
    await poll();
    await handleEvents();
    const [, out, ...others] = await messagesOf(found.caseId);
    expect(out).toMatchObject({ direction: "out", authorName: admin.name, replyId: expect.any(String) });
    expect(others).toEqual([]);
    expect((await caseOf({ remoteId })).state).toBe("answered");
  });

  it("that is lost on the way back is found, not sent again", async () => {
    const { remoteId, ...found } = await waiting();
    await world.lab.fault({ endpoint: "POST comments", fault: "accept-then-drop" });
    await answerCase(world.people.admin, { ...refs(found), text: "Sekali saja." });
    await runDue();
    const reply = await db.reply.findFirstOrThrow({ where: { caseId: found.caseId } });
    const publication = () => db.publication.findFirstOrThrow({ where: { subjectId: reply.id } });
    expect(await publication()).toMatchObject({ state: "unknown" });
    expect(
      await answerCase(world.people.admin, { caseId: found.caseId, revision: (await caseOf({ remoteId })).revision, text: "Dua kali?" }),
    ).toMatchObject({ ok: false, problems: [{ code: "answer-on-its-way" }] });
    await world.passTime(11_000);
    await runDue();
    expect(await publication()).toMatchObject({ state: "published" });
    expect(await replies(remoteId)).toEqual(["Sekali saja."]);
  });

  it("is refused when the thread has moved on since it was read", async () => {
    const { post, remoteId, ...found } = await waiting();
    await world.comment(post, "Gita", "Oh ya, maksud saya di Puskesmas Adiwerna", remoteId);
    await poll();
    expect(await answerCase(world.people.admin, { ...refs(found), text: "Jawaban lama" })).toEqual({
      ok: false,
      problems: [{ field: "text", code: "thread-moved" }],
    });
    expect(await db.reply.count({ where: { caseId: found.caseId } })).toBe(0);
  });

  it("is refused while another answer is on its way, also to the one who is a moment later", async () => {
    const { admin, secondAdmin } = world.people;
    const { remoteId, ...found } = await waiting();
    const answers = await Promise.all(
      [admin, secondAdmin, admin].map((actor, n) => answerCase(actor, { ...refs(found), text: `Jawaban ${n}` })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const { revision } = await caseOf({ remoteId });
    expect(await answerCase(secondAdmin, { caseId: found.caseId, revision, text: "Satu lagi" })).toMatchObject({
      problems: [{ code: "answer-on-its-way" }],
    });
    await runDue();
    expect(await replies(remoteId)).toHaveLength(1);
    await handleEvents();
  });

  it("to a question that came while the answer was on its way leaves that question open", async () => {
    const { admin } = world.people;
    const { post, remoteId, ...found } = await waiting();
    await answerCase(admin, { ...refs(found), text: "Senin pukul 08.00." });
    await runDue();
    await world.passTime(2000);
    await world.comment(post, "Gita", "Apakah hari Sabtu juga buka?", remoteId);
    await poll();
    await handleEvents();
    const after = await caseOf({ remoteId });
    expect(after).toMatchObject({ state: "open", dueAt: expect.any(Date) });
    expect(after.duties.map((duty) => duty.answeredAt !== null)).toEqual([true, false]);
  });
});

describe("somebody else's inbox", () => {
  it("shows nothing and allows nothing, and answers like one that does not exist", async () => {
    const { farAdmin, farVerifier, analyst, loneAdmin, verifier } = world.people;
    const root = comment();
    await take(root);
    const found = await caseOf(root);
    for (const caseId of [found.id, crypto.randomUUID()])
      for (const actor of [farAdmin, farVerifier, analyst, loneAdmin]) {
        const ref = { caseId, revision: found.revision };
        expect(await refusalOf(caseDetail(actor, caseId))).toBe("not-found");
        expect(await refusalOf(answerCase(actor, { ...ref, text: "Halo" }))).toBe("not-found");
        expect(await refusalOf(finishCase(actor, ref))).toBe("not-found");
        expect(await refusalOf(reopenCase(actor, ref))).toBe("not-found");
        expect(await refusalOf(assignCase(actor, { caseId, personId: null }))).toBe("not-found");
        expect(await refusalOf(correctKind(actor, { caseId, kind: "spam" }))).toBe("not-found");
        expect(await refusalOf(addNote(actor, { caseId, text: "Catatan" }))).toBe("not-found");
      }
    expect(await caseOf(root)).toEqual(found);
    expect((await caseDetail(verifier, found.id)).id).toBe(found.id);
    expect(await refusalOf(answerCase(verifier, { caseId: found.id, revision: found.revision, text: "Halo" }))).toBe("not-found");
    expect(await refusalOf(assignCase(world.people.admin, { caseId: found.id, personId: farAdmin.personId }))).toBe("not-found");
  });

  it("is in no list and no count, whichever unit is asked for; the ministry's analyst sees no regency's", async () => {
    const { admin, head, supervisor, farAdmin, analyst } = world.people;
    const units = await Promise.all(["00", "33", "33.28", "33.28.dinkes"].map(unitByCode));
    for (const unit of units) {
      if (!unit) throw new Error("no unit");
      for (const actor of [farAdmin, analyst]) {
        expect((await listCases(actor, unit, "all", now(), null)).rows).toEqual([]);
        expect(await countCases(actor, unit, now())).toEqual({ open: 0, overdue: 0 });
      }
    }
    const [, , regency, dinkes] = units;
    if (!regency || !dinkes) throw new Error("no unit");
    const mine = (await listCases(admin, dinkes, "all", now(), null, 500)).rows;
    expect(mine.length).toBeGreaterThan(0);
    for (const actor of [head, supervisor])
      expect((await listCases(actor, regency, "all", now(), null, 500)).rows).toHaveLength(mine.length);
  });
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
});

/** One look at the page, now. */
async function poll(channelId = world.channels.facebook.id) {
  const { claimPolls, pollChannel } = await import("#lib/inbox/polling.ts");
  await db.channel.updateMany({ data: { nextPollAt: new Date("2999-01-01") } });
  await db.channel.update({ where: { id: channelId }, data: { nextPollAt: ago(1), pollLeaseUntil: null } });
  const [due] = await claimPolls(5);
  if (due?.id !== channelId) throw new Error("the channel was not due");
  await pollChannel(due);
  expect(await db.channel.findUniqueOrThrow({ where: { id: channelId } })).toMatchObject({ lastProblem: null, pollLeaseUntil: null });
}

describe("polling", () => {
  const far = () => world.channels.far.id;
  const days = (n: number) => new Date(now().getTime() - n * 86_400_000).toISOString();
  const post = (id: string, age: number, more: object = {}) => ({
    page: farPage.id,
    id: `${farPage.id}_${id}`,
    message: `Kabar ${id}`,
    created_time: days(age),
    ...more,
  });
  const seeded = (id: string, on: string, age: number) => ({
    post: `${farPage.id}_${on}`,
    id: `${on}_${id}`,
    from: { id: `77${id}`, name: `Warga ${id}` },
    message: question,
    created_time: days(age),
  });
  const known = async () =>
    (await db.remotePost.findMany({ where: { channelId: far() }, orderBy: { publishedAt: "asc" } })).map(
      ({ remoteId }) => remoteId.split("_")[1],
    );
  const one = (id: string) => db.remotePost.findFirstOrThrow({ where: { channelId: far(), remoteId: `${farPage.id}_${id}` } });
  const remove = (id: string) =>
    fetch(`${world.lab.url}/meta/v26.0/${farPage.id}_${id}`, { method: "DELETE", headers: { authorization: `Bearer ${farPage.token}` } });

  it("first goes back 90 days, posts and comments", async () => {
    await world.lab.seed({
      posts: [post("70100", 100), post("70080", 80, { reactions: 4 }), post("70010", 10, { reactions: 7 }), post("70001", 1)],
      comments: [seeded("81", "70080", 79), seeded("82", "70010", 9)],
    });
    await poll(far());
    expect(await known()).toEqual(["70080", "70010", "70001"]);
    expect(await db.message.count({ where: { channelId: far(), remoteId: { in: ["70080_81", "70010_82"] } } })).toBe(2);
    expect(await one("70080")).toMatchObject({ likes: 4, shares: 0, reach: null });
    expect(await db.channel.findUniqueOrThrow({ where: { id: far() } })).toMatchObject({
      followers: 300,
      name: "Dinkes Kabupaten Jayapura",
    });
  });

  it("renews figures, and keeps the last one where the platform no longer tells", async () => {
    await world.lab.seed({ posts: [post("70001", 1, { reactions: 25, shares: 3 })] });
    await poll(far());
    expect(await one("70001")).toMatchObject({ likes: 25, shares: 3 });
    const { metricsAt } = await db.remotePost.update({ where: { id: (await one("70001")).id }, data: { reach: 120 } });
    await world.passTime(minute);
    await world.lab.seed({ posts: [post("70001", 1, { reactions: 26, shares: 3 })] });
    await poll(far());
    expect(await one("70001")).toMatchObject({ likes: 26, reach: 120 });
    expect((await one("70001")).metricsAt?.getTime()).toBeGreaterThan(metricsAt?.getTime() ?? Number.NaN);
  });

  it("marks what the page took down, but not what is merely new to it, and sees it come back", async () => {
    await remove("70001");
    await poll(far());
    expect((await one("70001")).removedAt).toBeNull(); // seen a moment ago: the platform may only be slow
    await world.passTime(20 * minute);
    const { id } = await one("70010");
    await db.remotePost.create({
      data: { ...(await one("70010")), id: crypto.randomUUID(), remoteId: `${farPage.id}_79999`, publishedAt: now(), firstSeenAt: now() },
    });
    await poll(far());
    expect((await one("70001")).removedAt).toBeInstanceOf(Date);
    expect((await one("79999")).removedAt).toBeNull();
    expect(await db.remotePost.findUniqueOrThrow({ where: { id } })).toMatchObject({ removedAt: null }); // older than a quick look
    await world.lab.seed({ posts: [post("70001", 1)] });
    await poll(far());
    expect((await one("70001")).removedAt).toBeNull();
  });

  it("finds comments under older posts, though the quick looks pass them over", async () => {
    await world.passTime(30 * minute);
    await world.lab.seed({ comments: [seeded("90", "70010", 0.01)] });
    await world.passTime(60 * minute);
    await poll(far());
    await world.passTime(7 * 60 * minute);
    await poll(far());
    expect(await db.message.count({ where: { channelId: far(), remoteId: "70010_90" } })).toBe(1);
  });

  it("is not stopped by one post with a broken character or one listed twice", async () => {
    const { takeInPosts } = await import("#lib/posts/intake.ts");
    const text = `${"𝗔".repeat(399)}b𝗔 \u0000 \ud83d`;
    const metrics = { likes: 1, comments: null, shares: null, views: null, reach: null };
    const odd = {
      remoteId: `${farPage.id}_70500`,
      permalink: null,
      text,
      publishedAt: now(),
      visual: "none" as const,
      hasAlt: null,
      hasLink: false,
      repost: false,
      metrics,
    };
    const { id, unitId, governmentId } = world.channels.far;
    expect(
      await db.$transaction((tx) => takeInPosts(tx, { id, unitId, governmentId }, [odd, { ...odd, metrics: { ...metrics, likes: 2 } }])),
    ).toHaveLength(1);
    expect(await one("70500")).toMatchObject({ likes: 2 });
  });

  it("that fails waits longer and leaves what was known; a key that is gone asks for a new one", async () => {
    const { claimPolls, pollChannel } = await import("#lib/inbox/polling.ts");
    const look = async (fault: string) => {
      await world.lab.fault({ endpoint: "*", fault });
      await db.channel.update({ where: { id: far() }, data: { nextPollAt: ago(1), pollLeaseUntil: null } });
      const [due, ...others] = await claimPolls(5);
      expect(await claimPolls(5)).toEqual([]); // nobody else reads it meanwhile
      expect([due?.id, others]).toEqual([far(), []]);
      if (due) await pollChannel(due);
      return db.channel.findUniqueOrThrow({ where: { id: far() } });
    };
    const before = await known();
    expect(await look("500-before")).toMatchObject({ state: "connected", lastProblem: { code: "retryable" }, pollLeaseUntil: null });
    expect((await look("429")).nextPollAt.getTime()).toBeGreaterThan(now().getTime() + 10 * minute);
    expect(await look("190")).toMatchObject({ state: "needs_reauth", lastProblem: { code: "reauth-expired" } });
    expect(await known()).toEqual(before);
  });
});
