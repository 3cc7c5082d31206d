/** Figures of the trade: what is not known is null, and nobody reads another government's. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { listCorrectable, markCorrection } from "#lib/posts/correcting.ts";
import { postDetail, postHistory } from "#lib/posts/detail.ts";
import { decideOnPost, submitPost } from "#lib/posts/review.ts";
import { tradeFigures } from "#lib/posts/trade.ts";
import { unitCard } from "#lib/units/queries.ts";
import { approval, approvedPost, draft, publicationsOf, returned } from "../support/desk.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const HOUR = 3_600_000;

test("median hours, share returned and share withdrawn, by unit and by author", async () => {
  const { admin, secondAdmin, verifier, supervisor, farVerifier, analyst } = world.people;
  const { facebook } = world.channels;
  const unit = await db.unit.findUniqueOrThrow({ where: { id: world.units.regency.id }, select: unitCard });
  const from = new Date(now().getTime() - HOUR);
  const to = new Date(now().getTime() + 1000 * HOUR);
  expect(await tradeFigures(supervisor, unit, from, to)).toEqual([]);

  const back = await draft(admin, [facebook], { text: "Perlu sumber" });
  await submitPost(admin, back);
  await decideOnPost(verifier, returned(back, "Sumber?"));
  const whole = { unitId: facebook.unitId, unit: "Dinkes" };
  const onlyReturned = { ...whole, published: 0, medianHours: null, returned: { share: 1, of: 1 }, withdrawn: null, corrected: null };
  expect(await tradeFigures(supervisor, unit, from, to)).toEqual([
    { ...onlyReturned, person: null },
    { ...onlyReturned, person: { id: admin.personId, name: admin.name } },
  ]);

  for (const [author, hours, removed] of [
    [admin, 2, false],
    [admin, 4, true],
    [secondAdmin, 10, null],
  ] as const) {
    const text = `Terbit setelah ${hours} jam`;
    const post = await approvedPost(author, verifier, [facebook], { text, publishAt: new Date(now().getTime() + HOUR).toISOString() });
    const { createdAt } = await db.post.findUniqueOrThrow({ where: { id: post.postId } });
    const [publication] = await publicationsOf(post.postId);
    const publishedAt = new Date(createdAt.getTime() + hours * HOUR);
    await db.publication.update({ where: { id: publication!.id }, data: { state: "published", publishedAt } });
    if (removed === null) continue;
    const { id: channelId, unitId, governmentId } = facebook;
    const place = { channelId, unitId, governmentId, postId: post.postId, remoteId: `r${hours}` };
    const seen = {
      text,
      textKey: text,
      publishedAt,
      firstSeenAt: publishedAt,
      category: "substantive",
      removedAt: removed ? publishedAt : null,
    };
    await db.remotePost.create({ data: { ...place, ...seen } });
  }
  const none = (of: number) => ({ share: 0, of });
  const rows = await tradeFigures(supervisor, unit, from, to);
  expect(rows).toEqual([
    {
      ...whole,
      person: null,
      published: 3,
      medianHours: 4,
      returned: { share: 0.25, of: 4 },
      withdrawn: { share: 0.5, of: 2 },
      corrected: none(3),
    },
    {
      ...whole,
      person: { id: secondAdmin.personId, name: secondAdmin.name },
      ...{ published: 1, medianHours: 10, returned: { share: 0, of: 1 }, withdrawn: null, corrected: none(1) },
    },
    {
      ...whole,
      person: { id: admin.personId, name: admin.name },
      ...{ published: 2, medianHours: 3, returned: { share: 1 / 3, of: 3 }, withdrawn: { share: 0.5, of: 2 }, corrected: none(2) },
    },
  ]);
  expect(await tradeFigures(supervisor, unit, new Date(to.getTime() - HOUR), to)).toEqual([]);
  for (const stranger of [farVerifier, analyst, admin]) expect(await tradeFigures(stranger, unit, from, to)).toEqual([]);
});

test("a published post is corrected once its correction is published too, and both say so", async () => {
  const { admin, verifier, supervisor, loneAdmin, farAdmin } = world.people;
  const { facebook } = world.channels;
  const unit = await db.unit.findUniqueOrThrow({ where: { id: world.units.dinkes.id }, select: unitCard });
  const publish = async (text: string, before?: (postId: string) => Promise<unknown>) => {
    const post = await draft(admin, [facebook], { text, publishAt: new Date(now().getTime() + HOUR).toISOString() });
    await before?.(post.postId);
    await submitPost(admin, post);
    await decideOnPost(verifier, approval(post));
    const out = () =>
      db.publication.updateMany({
        where: { subjectId: post.postId },
        data: { state: "published", publishedAt: new Date(now().getTime() + 5 * HOUR) },
      });
    return { ...post, out };
  };
  const figures = async () => {
    const rows = await tradeFigures(supervisor, unit, new Date(now().getTime() + 4 * HOUR), new Date(now().getTime() + 6 * HOUR));
    return rows.find((row) => row.person === null)?.corrected;
  };
  const wrong = await publish("Buka sampai pukul 15.00");
  const mark = (postId: string, correctsId: string | null, actor = admin) => markCorrection(actor, { postId, correctsId });
  const early = await draft(admin, [facebook], { text: "Terlalu dini" });
  expect(await mark(early.postId, wrong.postId)).toMatchObject({ problems: [{ code: "not-published" }] });
  await wrong.out();
  const before = (await figures())!;
  expect(before.of).toBeGreaterThan(0);

  const correction = await publish("Ralat: buka sampai pukul 14.00", (postId) => mark(postId, wrong.postId));
  expect(await figures(), "not published yet").toEqual(before);
  await correction.out();
  const after = (await figures())!;
  expect([after.of, Math.round(after.share * after.of)]).toEqual([before.of + 1, Math.round(before.share * before.of) + 1]);
  expect((await postDetail(admin, correction.postId)).corrects).toEqual({ id: wrong.postId, title: "Buka sampai pukul 15.00" });
  expect((await postDetail(admin, wrong.postId)).correctedBy).toMatchObject([{ id: correction.postId }]);
  expect((await postHistory(correction.postId)).map((entry) => entry.type)).toContain("post.correct");

  const found = await listCorrectable(admin, { postId: early.postId, search: "15.00" });
  expect(found).toMatchObject({ ok: true, more: false, posts: [{ id: wrong.postId }] });
  expect(await mark(early.postId, early.postId)).toMatchObject({ problems: [{ code: "not-published" }] });
  expect(await mark(early.postId, wrong.postId)).toEqual({ ok: true });
  expect(await mark(early.postId, null)).toEqual({ ok: true });
  expect(await refusalOf(mark(correction.postId, null))).toBe("stale");
  for (const stranger of [loneAdmin, farAdmin, verifier]) expect(await refusalOf(mark(early.postId, null, stranger))).toBe("not-found");
});
