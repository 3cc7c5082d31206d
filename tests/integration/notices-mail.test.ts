/** What reaches people by e-mail, when, and that it reaches them once, against a real mail server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { beginPause } from "#lib/delivery/pausing.ts";
import { remindOfHandwork, tellOfPublication } from "#lib/delivery/telling.ts";
import { claimMails, deliverMail, mailDue } from "#lib/notices/mailing.ts";
import { notify } from "#lib/notices/notifying.ts";
import { savePreferences, sendTrial } from "#lib/notices/preferring.ts";
import { readNotice } from "#lib/notices/reading.ts";
import { nextAt } from "#lib/notices/rules.ts";
import { type Category, type MailHabit, usualHabits, usualHours } from "#lib/notices/types.ts";
import { endPause } from "#lib/posts/resuming.ts";
import { runDue } from "../support/desk.ts";
import { type Mailbox, openMailbox } from "../support/mailbox.ts";
import { duePost } from "../support/publications.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
let box: Mailbox;
beforeAll(async () => {
  box = await openMailbox();
  process.env.SMTP_URL = box.url;
  process.env.MAIL_FROM = "Garda Kabupaten Tegal <garda@tegal.example>";
  process.env.APP_URL = "https://garda.tegal.example";
  world = await makeWorld();
});
afterAll(async () => {
  await world?.stop();
  await box?.stop();
});
beforeEach(async () => {
  await db.notice.deleteMany();
  await db.noticePreference.deleteMany();
  await db.noticeHours.deleteMany();
  await db.person.updateMany({ data: { locale: "id" } });
  box.take();
  await until(nextAt("10:00", "Asia/Jakarta", now()));
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const until = (instant: Date) => world.passTime(instant.getTime() - now().getTime());
let number = 0;
/** News of a case, which usually waits for the digest, or of a review, which usually goes at once. */
const tell = (
  to: Actor[],
  type: "review.asked" | "case.assigned" | "case.overdue" = "review.asked",
  words: { title?: string; unit?: string } = {},
) => {
  number += 1;
  const { title = `Imunisasi ${number}`, unit = "Dinkes" } = words;
  const params = {
    title,
    unit,
    by: "Sri Wahyuni",
    step: 1,
    of: 1,
    platform: "facebook",
    excerpt: `Warga bertanya ${number}`,
    at: now().toISOString(),
    zone: "Asia/Jakarta",
  };
  const subject = { type: "post", id: crypto.randomUUID() };
  const news = {
    to: to.map(({ personId }) => personId),
    by: null,
    subject,
    unitId: world.units.dinkes.id,
    params,
    link: `/review/${subject.id}`,
    key: subject.id,
  };
  return db.$transaction((tx) => notify(tx, { ...news, type }));
};
const prefer = (
  actor: Actor,
  habits: Partial<Record<Category, MailHabit>>,
  hours: Partial<typeof usualHours> & { locale?: "id" | "en" } = {},
) => savePreferences(actor, { habits: { ...usualHabits, ...habits }, locale: "id", ...usualHours, ...hours });
const statesOf = async (actor: Actor) =>
  (await db.notice.findMany({ where: { personId: actor.personId }, orderBy: { id: "asc" } })).map(({ mailState }) => mailState);

describe("a mail", () => {
  it("goes at once to each person's own address, in his language, with a way to the place", async () => {
    const { verifier, head } = world.people;
    await prefer(head, {}, { locale: "en" });
    expect(await tell([verifier, head])).toBe(2);
    expect(await mailDue()).toBe(2);
    const mails = box.take();
    expect(mails.map(({ to }) => to.join()).sort()).toEqual(["ani.lestari@tegal.example", "hendro.wibowo@tegal.example"]);
    const [id, en] = [mails.find(({ to }) => to[0]?.startsWith("ani"))!, mails.find(({ to }) => to[0]?.startsWith("hendro"))!];
    expect(id).toMatchObject({ from: "garda@tegal.example", subject: `Menunggu verifikasi Anda: Imunisasi ${number}` });
    expect(id.text).toContain("Yth. Ani Lestari,");
    expect(id.text).toContain("Langkah 1 dari 1.");
    const notice = await db.notice.findFirstOrThrow({ where: { personId: verifier.personId } });
    expect(id.text).toContain(`https://garda.tegal.example/notices/${notice.id}`);
    expect(id.html).toContain(`href="https://garda.tegal.example/notices/${notice.id}"`);
    expect(id.id).toBe(`<${notice.id}@garda.tegal.example>`);
    expect(en.subject).toBe(`Waiting for your verification: Imunisasi ${number}`);
    expect(en.text).toContain("Dear Hendro Wibowo,");
    expect(await mailDue()).toBe(0);
    expect(await statesOf(verifier)).toEqual(["sent"]);
  });

  it("cannot be led astray by names: no header begins in them, and no markup", async () => {
    const { verifier } = world.people;
    const evil = "Dinkes\r\nBcc: maling@jahat.example\r\n\r\n<script>alert(1)</script>\u0085Cc: lain@jahat.example\u2028x";
    await db.person.update({ where: { id: verifier.personId }, data: { name: `Ani\r\nBcc: maling@jahat.example <b>"` } });
    await tell([verifier], "review.asked", { title: evil, unit: evil });
    await mailDue();
    const [mail, ...others] = box.take();
    expect(others).toEqual([]);
    expect(mail!.to).toEqual(["ani.lestari@tegal.example"]);
    expect([...mail!.headers.keys()].filter((name) => ["bcc", "cc"].includes(name))).toEqual([]);
    expect(mail!.subject).toContain("Dinkes Bcc: maling@jahat.example");
    expect(mail!.html).toContain("&lt;script&gt;");
    expect(mail!.html).not.toMatch(/<script|<b>/);
    await db.person.update({ where: { id: verifier.personId }, data: { name: verifier.name } });
  });

  it.each(["maling@jahat.example, ani@tegal.example", "ani@tegal.example\r\nBcc: x@y.example", "<ani@tegal.example>", "ani"])(
    "goes to no address that is more than one mailbox: %j",
    async (email) => {
      const { verifier } = world.people;
      await db.person.update({ where: { id: verifier.personId }, data: { email } });
      await tell([verifier]);
      await mailDue();
      await db.person.update({ where: { id: verifier.personId }, data: { email: "ani.lestari@tegal.example" } });
      expect(box.take()).toEqual([]);
      expect(await statesOf(verifier)).toEqual(["failed"]);
    },
  );

  it("is not sent of what was read meanwhile, nor to who was disabled", async () => {
    const { verifier, head } = world.people;
    await tell([verifier, head]);
    const { id } = await db.notice.findFirstOrThrow({ where: { personId: verifier.personId } });
    await readNotice(verifier, { noticeId: id });
    await db.person.update({ where: { id: head.personId }, data: { disabledAt: now() } });
    expect(await mailDue()).toBe(0);
    await db.person.update({ where: { id: head.personId }, data: { disabledAt: null } });
    expect([...(await statesOf(verifier)), ...(await statesOf(head))]).toEqual(["none", "none"]);
  });
});

describe("who chose", () => {
  it("a digest gets one mail at his hour, with what he has not read by then", async () => {
    const { admin } = world.people;
    await prefer(admin, { inbox: "digest" }, { digestAt: "13:30" });
    for (let i = 0; i < 4; i += 1) await tell([admin], "case.assigned");
    const [read] = await db.notice.findMany({ where: { personId: admin.personId }, orderBy: { id: "asc" } });
    await until(new Date(nextAt("13:30", "Asia/Jakarta", now()).getTime() - MINUTE));
    expect(await mailDue()).toBe(0);
    await readNotice(admin, { noticeId: read!.id });
    await world.passTime(MINUTE);
    expect(await mailDue()).toBe(1);
    const [mail] = box.take();
    expect(mail!.subject).toBe("3 pemberitahuan menunggu Anda di Garda");
    expect(mail!.text.match(/Kasus ditugaskan kepada Anda/g)).toHaveLength(3);
    expect(mail!.text).not.toContain(read!.id);
    await tell([admin], "case.assigned");
    await world.passTime(HOUR);
    expect(await mailDue()).toBe(0);
    await world.passTime(23 * HOUR);
    expect(await mailDue()).toBe(1);
    expect(box.take()[0]!.subject).toBe("Kasus ditugaskan kepada Anda (Dinkes)");
  });

  it("quiet hours is left in peace by what can wait; in the morning it comes as one mail", async () => {
    const { verifier } = world.people;
    await until(nextAt("21:00", "Asia/Jakarta", now()));
    await tell([verifier]);
    await tell([verifier]);
    await tell([verifier], "case.overdue");
    expect(await mailDue()).toBe(1);
    expect(box.take().map(({ subject }) => subject)).toEqual(["Batas waktu menjawab terlewat (Dinkes)"]);
    await until(new Date(nextAt("06:00", "Asia/Jakarta", now()).getTime() - MINUTE));
    expect(await mailDue()).toBe(0);
    await world.passTime(MINUTE);
    expect(await mailDue()).toBe(1);
    expect(box.take().map(({ subject }) => subject)).toEqual(["2 pemberitahuan menunggu Anda di Garda"]);
  });

  it("quiet hours means the clock of his own zone", async () => {
    const { farVerifier, verifier } = world.people;
    await until(nextAt("18:30", "Asia/Jakarta", now())); // 20.30 in Jayapura
    await tell([farVerifier, verifier]);
    await mailDue();
    expect(box.take().map(({ to }) => to[0])).toEqual(["ani.lestari@tegal.example"]);
  });

  it("nothing gets nothing, even of what was planned before; in the product it stands all the same", async () => {
    const { verifier } = world.people;
    await tell([verifier]);
    await prefer(verifier, { verification: "off" });
    await tell([verifier]);
    await world.passTime(48 * HOUR);
    expect(await mailDue()).toBe(0);
    expect(await statesOf(verifier)).toEqual(["none", "none"]);
  });
});

describe("trouble", () => {
  it("a server that is down is tried again, ever more seldom; back up, each mail comes exactly once", async () => {
    const { verifier, head, admin } = world.people;
    await tell([verifier, head, admin]);
    await box.stop();
    expect(await mailDue()).toBe(0);
    expect((await db.notice.aggregate({ _sum: { attempts: true } }))._sum.attempts).toBe(1);
    expect(await mailDue()).toBe(0);
    await world.passTime(2 * MINUTE);
    expect(await mailDue()).toBe(0);
    await box.start();
    for (let i = 0; i < 8; i += 1) {
      await world.passTime(10 * MINUTE);
      await Promise.all([mailDue(), mailDue()]);
    }
    const mails = box.take();
    expect(mails).toHaveLength(3);
    expect(new Set(mails.map(({ id }) => id)).size).toBe(3);
    expect(await db.notice.groupBy({ by: ["mailState"], _count: true })).toEqual([{ mailState: "sent", _count: 3 }]);
  });

  it("a refusal for good ends it, with its code, and stops nobody else's", async () => {
    const { verifier, head } = world.people;
    await tell([verifier, head]);
    box.next.refuse = { at: "RCPT", code: 550 };
    expect(await mailDue()).toBe(1);
    await world.passTime(48 * HOUR);
    expect(await mailDue()).toBe(0);
    const rows = await db.notice.findMany({ orderBy: { mailState: "asc" } });
    expect(rows.map(({ mailState, mailProblem }) => [mailState, mailProblem])).toEqual([
      ["failed", "smtp-550"],
      ["sent", null],
    ]);
  });

  it("a refusal for now is tried again", async () => {
    const { verifier } = world.people;
    await tell([verifier]);
    box.next.refuse = { at: "DATA", code: 451 };
    expect(await mailDue()).toBe(0);
    expect(await statesOf(verifier)).toEqual(["waiting"]);
    await world.passTime(MINUTE);
    expect(await mailDue()).toBe(1);
  });

  it.each([
    ["one notice", 1],
    ["a digest", 3],
  ])("a worker killed between sending and settling: %s goes again under the same Message-ID", async (_, count) => {
    const { admin } = world.people;
    await prefer(admin, count > 1 ? { inbox: "digest" } : { inbox: "immediate" });
    for (let i = 0; i < count; i += 1) await tell([admin], "case.assigned");
    await world.passTime(24 * HOUR);
    const [claimed] = await claimMails();
    box.next.cut = true; // it has the mail, and never said so
    await deliverMail({ ...claimed! });
    await db.notice.updateMany({ data: { mailState: "sending", mailLeaseUntil: new Date(now().getTime() + MINUTE) } });
    expect(await mailDue()).toBe(0);
    await tell([admin], "case.assigned");
    await world.passTime(24 * HOUR);
    expect(await mailDue()).toBe(2); // the same again, and what came since by itself
    const mails = box.take().filter(({ id }) => id.startsWith(`<${claimed!.batch}@`));
    expect(mails).toHaveLength(2);
    expect(mails[1]!.text).toBe(mails[0]!.text);
  });

  it("a worker that slept past its lease leaves the mail to who holds it now", async () => {
    await tell([world.people.verifier]);
    const [slept] = await claimMails();
    await world.passTime(3 * MINUTE);
    const [holder] = await claimMails();
    expect(await deliverMail(slept!)).toBe("nothing");
    expect(await deliverMail(holder!)).toBe("sent");
    expect(await deliverMail(holder!)).toBe("nothing");
    expect(box.take()).toHaveLength(1);
  });

  it("two workers at the same time make one mail of a digest", async () => {
    const { admin, secondAdmin } = world.people;
    for (let i = 0; i < 5; i += 1) await tell([admin, secondAdmin], "case.assigned");
    await world.passTime(24 * HOUR);
    await Promise.all([mailDue(), mailDue(), mailDue()]);
    expect(
      box
        .take()
        .map(({ subject, to }) => [to[0], subject])
        .sort(),
    ).toEqual([
      ["budi.santoso@tegal.example", "5 pemberitahuan menunggu Anda di Garda"],
      ["sri.wahyuni@tegal.example", "5 pemberitahuan menunggu Anda di Garda"],
    ]);
  });
});

it("a test mail tells at once what became of it, and is sent once a minute", async () => {
  const { verifier } = world.people;
  await prefer(verifier, { account: "off" });
  expect(await sendTrial(verifier)).toEqual({ ok: true, state: "sent", address: "ani.lestari@tegal.example" });
  expect(await sendTrial(verifier)).toEqual({ ok: true, state: "too-soon" });
  expect(box.take().map(({ subject }) => subject)).toEqual(["Surel percobaan dari Garda"]);
  await world.passTime(MINUTE);
  box.next.refuse = { at: "RCPT", code: 550 };
  expect(await sendTrial(verifier)).toEqual({ ok: true, state: "failed", code: "smtp-550" });
});

it("what a person has to publish comes with its text and the way to its files; left undone, again and then to the supervisor", async () => {
  const { admin, secondAdmin, supervisor } = world.people;
  const text = "Jadwal imunisasi:\n\nSenin pukul 08.00 di <Puskesmas> & Posyandu";
  const post = await duePost(world.channels.instagram, { text });
  await runDue();
  await Promise.all([tellOfPublication(post.id), tellOfPublication(post.id)]);
  await mailDue();
  const mails = box.take();
  expect(mails.map(({ to }) => to[0]).sort()).toEqual(["budi.santoso@tegal.example", "sri.wahyuni@tegal.example"]);
  expect(mails[0]!.subject).toBe("Terbitkan sekarang di Instagram (dinkestegal)");
  expect(mails[0]!.text).toContain(text);
  expect(mails[0]!.html).toContain("&lt;Puskesmas&gt; &amp; Posyandu");
  const notice = await db.notice.findFirstOrThrow({ where: { personId: admin.personId } });
  expect(await readNotice(admin, { noticeId: notice.id })).toEqual({ ok: true, link: `/posts/${post.postId}#terbitan` });

  const told = async () =>
    (await db.notice.findMany({ where: { type: "publication.manual-overdue" }, orderBy: { id: "asc" } })).map(({ personId }) => personId);
  await world.passTime(2 * HOUR - MINUTE);
  await remindOfHandwork();
  expect(await told()).toEqual([]);
  await world.passTime(2 * MINUTE);
  const pause = await beginPause(supervisor, { unitId: world.units.dinkes.id, reason: "Gempa di Slawi" });
  await remindOfHandwork();
  expect(await told()).toEqual([]);
  if (pause.ok) await endPause(supervisor, { pauseId: pause.pauseId, otherwise: "time", choices: [] });
  await Promise.all([remindOfHandwork(), remindOfHandwork()]);
  await remindOfHandwork();
  expect((await told()).sort()).toEqual([admin.personId, secondAdmin.personId].sort());
  await world.passTime(22 * HOUR);
  await remindOfHandwork();
  await remindOfHandwork();
  expect(await told()).toHaveLength(3);
  expect((await told()).at(-1)).toBe(supervisor.personId);
});
