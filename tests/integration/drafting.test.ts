/** Writing: two at one draft, who else has it open, the same text twice, pieces that are used again. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { calendarTags } from "#lib/posts/calendar.ts";
import { readContent } from "#lib/posts/content.ts";
import { keepDraft } from "#lib/posts/drafting.ts";
import { findDuplicates } from "#lib/posts/duplicates.ts";
import { publishEmergency } from "#lib/posts/emergency.ts";
import { listMentions } from "#lib/posts/mentions.ts";
import { archivePiece, keepPiece, listPieces } from "#lib/posts/pieces.ts";
import { attendDraft } from "#lib/posts/presence.ts";
import { listPosts } from "#lib/posts/queries.ts";
import { decideOnPost, submitPost } from "#lib/posts/review.ts";
import { schedulePost } from "#lib/posts/scheduling.ts";
import { unitCard } from "#lib/units/queries.ts";
import { bringTogether, choicesIn, sameDraft, settled, theirsOf } from "../../components/posts/merge-draft.ts";
import { approval, draft } from "../support/desk.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

const form = (change: object = {}) => ({
  postId: null,
  revision: 0,
  unitId: world.units.dinkes.id,
  title: null,
  text: "Satu.\n\nDua.",
  link: null,
  pillar: null,
  source: null,
  sourceLink: null,
  sourceDocument: null,
  publishAt: null,
  channels: [{ channelId: world.channels.facebook.id, text: null }],
  media: [],
  firstComment: null,
  collaborators: [],
  tags: [],
  ...change,
});

describe("two at one draft", () => {
  it("the one behind overwrites nothing and is given the draft as it stands, with the name of who changed it", async () => {
    const { admin, secondAdmin } = world.people;
    const post = await draft(admin, [world.channels.facebook], { text: "Satu.\n\nDua." });
    await draft(secondAdmin, [world.channels.facebook], { ...post, text: "Satu.\n\nDua, kata Budi." });
    const answer = await keepDraft(admin, form({ ...post, text: "Satu, kata Sri.\n\nDua." }));
    expect(answer).toMatchObject({
      ok: true,
      behind: { name: "Budi Santoso", revision: 2, content: { text: "Satu.\n\nDua, kata Budi." } },
    });
    expect(await db.post.findUniqueOrThrow({ where: { id: post.postId } })).toMatchObject({
      text: "Satu.\n\nDua, kata Budi.",
      revision: 2,
    });
    const own = await keepDraft(secondAdmin, form({ ...post, text: "Dari peramban lain" }));
    expect(own).toMatchObject({ ok: true, behind: { name: null } });
  });

  it("what was submitted meanwhile is refused as before", async () => {
    const { admin } = world.people;
    const post = await draft(admin, [world.channels.facebook]);
    await submitPost(admin, post);
    expect(await refusalOf(keepDraft(admin, form(post)))).toBe("stale");
  });

  it("a stranger is told nothing of it", async () => {
    const { admin, farAdmin } = world.people;
    const post = await draft(admin, [world.channels.facebook]);
    expect(await refusalOf(keepDraft(farAdmin, form({ ...post, revision: 0 })))).toBe("not-found");
  });

  it("a channel that was disconnected meanwhile is named as what has to go, and nothing is saved in part", async () => {
    const { admin } = world.people;
    const post = await draft(admin, [world.channels.instagram]);
    await db.channel.update({ where: { id: world.channels.instagram.id }, data: { state: "disconnected" } });
    const channels = [{ channelId: world.channels.instagram.id, text: null }];
    expect(await keepDraft(admin, form({ ...post, text: "Baru", channels }))).toEqual({
      ok: false,
      problems: [{ field: "channels", code: "channel-removed" }],
    });
    await db.channel.update({ where: { id: world.channels.instagram.id }, data: { state: "connected" } });
    expect(await db.post.findUniqueOrThrow({ where: { id: post.postId } })).toMatchObject({ revision: 1 });
  });
});

describe("a channel that was disconnected after a draft was written for it", () => {
  const state = (state: string) => db.channel.update({ where: { id: world.channels.facebook.id }, data: { state } });
  const removed = { ok: false, problems: [{ field: "channels", code: "channel-removed" }] };

  it("lets nothing be submitted, published in an emergency or scheduled: it is named as what has to go", async () => {
    const { admin, verifier } = world.people;
    const post = await draft(admin, [world.channels.facebook]);
    await state("disconnected");
    expect(await submitPost(admin, post)).toMatchObject(removed);
    expect(await publishEmergency(admin, { ...post, reason: "Banjir bandang di hulu sungai" })).toMatchObject(removed);
    await state("connected");
    expect(await submitPost(admin, post)).toEqual({ ok: true });
    await state("disconnected");
    expect(await decideOnPost(verifier, approval(post))).toMatchObject({ ok: true, scheduled: false });
    const publishAt = new Date(now().getTime() + 86_400_000).toISOString();
    expect(await schedulePost(admin, { ...post, publishAt })).toEqual(removed);
    expect(await db.publication.count({ where: { subjectId: post.postId } })).toBe(0);
    await state("connected");
    expect(await schedulePost(admin, { ...post, publishAt })).toEqual({ ok: true });
  });
});

describe("the first save, sent again because its answer was lost", () => {
  const newId = () => crypto.randomUUID();

  it("makes one draft, in whatever order two of them arrive: the other is given it and goes on with it", async () => {
    const { admin } = world.people;
    for (let n = 0; n < 5; n += 1) {
      const id = newId();
      const answers = await Promise.all([1, 2].map((save) => keepDraft(admin, form({ newId: id, text: `Simpan ${save}` }))));
      const kept = answers.filter((answer) => answer.ok && !answer.behind);
      const behind = answers.flatMap((answer) => (answer.ok && answer.behind ? [answer.behind] : []));
      expect([kept.length, behind.length]).toEqual([1, 1]);
      expect(kept[0]).toMatchObject({ postId: id, revision: 1 });
      expect(behind[0]).toMatchObject({ postId: id, revision: 1, name: null });
      expect(await keepDraft(admin, form({ postId: id, revision: 1, text: "Lanjut" }))).toMatchObject({ ok: true, revision: 2 });
      expect(await db.post.count({ where: { id } })).toBe(1);
      expect(await db.postVersion.count({ where: { postId: id } })).toBe(1);
    }
  });

  it("never puts an older text over a newer one", async () => {
    const { admin } = world.people;
    const id = newId();
    await keepDraft(admin, form({ newId: id, text: "Lama" }));
    await keepDraft(admin, form({ postId: id, revision: 1, text: "Baru" }));
    expect(await keepDraft(admin, form({ newId: id, text: "Lama" }))).toMatchObject({ behind: { revision: 2, content: { text: "Baru" } } });
    expect(await db.post.findUniqueOrThrow({ where: { id } })).toMatchObject({ text: "Baru", revision: 2 });
  });

  it("tells a stranger nothing of a draft whose id he took", async () => {
    const id = newId();
    await keepDraft(world.people.admin, form({ newId: id }));
    const foreign = form({ newId: id, unitId: world.units.farDinkes.id, channels: [] });
    expect(await refusalOf(keepDraft(world.people.farAdmin, foreign))).toBe("stale");
    expect(await db.post.findUniqueOrThrow({ where: { id } })).toMatchObject({ unitId: world.units.dinkes.id, text: "Satu.\n\nDua." });
  });
});

describe("what the browser makes of it", () => {
  const behind = async (mine: string, theirs: string) => {
    const { admin, secondAdmin } = world.people;
    const post = await draft(admin, [world.channels.facebook], { text: "Satu.\n\nDua.", firstComment: "Peta" });
    await draft(secondAdmin, [world.channels.facebook], { ...post, text: theirs, firstComment: "Peta" });
    const answer = await keepDraft(admin, form({ ...post, text: mine, firstComment: "Peta" }));
    if (!answer.ok || !answer.behind) throw new Error("not behind");
    const { postId: _, revision: __, unitId: ___, ...base } = form({ firstComment: "Peta" });
    const known = theirsOf(answer.behind, base);
    return { post, known, found: bringTogether(base, { ...known.draft, text: mine }, known) };
  };

  it("changes in different paragraphs come together, and the result can be saved", async () => {
    const { post, known, found } = await behind("Satu!\n\nDua.", "Satu.\n\nDua!");
    expect(found.conflicts).toEqual([]);
    const merged = settled(found, {});
    expect(merged).toMatchObject({ text: "Satu!\n\nDua!", firstComment: "Peta" });
    expect(await keepDraft(world.people.admin, form({ ...post, revision: known.revision, text: merged.text }))).toMatchObject({
      behind: null,
    });
  });

  it("a paragraph that both changed waits for a choice, and each choice gives its text", async () => {
    const { found } = await behind("Satu.\n\nDua dari saya.", "Satu.\n\nDua dari Budi.");
    const [place] = choicesIn(found.conflicts);
    const text = (choice: "mine" | "theirs" | "both") => settled(found, { [place!]: choice }).text;
    expect(text("mine")).toBe("Satu.\n\nDua dari saya.");
    expect(text("theirs")).toBe("Satu.\n\nDua dari Budi.");
    expect(text("both")).toBe("Satu.\n\nDua dari Budi.\nDua dari saya.");
  });

  it("one's own save whose answer was lost is known again, in whatever order its channels stand", async () => {
    const { known } = await behind("Satu.\n\nSaya.", "Satu.\n\nBudi.");
    const channels = [...known.known.channels, { channelId: "0", text: null }];
    expect(sameDraft({ ...known.known, channels }, { ...known.known, channels: channels.toReversed() })).toBe(true);
    expect(sameDraft(known.known, { ...known.known, text: "Lain" })).toBe(false);
  });
});

it("its source is kept in three parts: who said it, in which document, where it stands", async () => {
  const { admin } = world.people;
  const source = { source: "Kepala Dinas", sourceDocument: "SE 400/2026", sourceLink: "https://jdih.tegalkab.go.id/se-400" };
  const { postId } = await draft(admin, [world.channels.facebook], source);
  expect(await db.$transaction((tx) => readContent(tx, postId))).toMatchObject(source);
});

it("who has a draft open is seen by the others for 45 seconds", async () => {
  const { admin, secondAdmin, farAdmin } = world.people;
  const { postId } = await draft(admin, [world.channels.facebook]);
  expect(await attendDraft(admin, { postId })).toEqual({ ok: true, others: [] });
  expect(await attendDraft(secondAdmin, { postId })).toEqual({ ok: true, others: ["Sri Wahyuni"] });
  expect(await attendDraft(admin, { postId })).toEqual({ ok: true, others: ["Budi Santoso"] });
  expect(await refusalOf(attendDraft(farAdmin, { postId }))).toBe("not-found");
  await world.passTime(46_000);
  expect(await attendDraft(admin, { postId })).toEqual({ ok: true, others: [] });
});

describe("the same text twice", () => {
  const sentence = "Pendaftaran imunisasi balita dibuka Senin pukul delapan pagi di semua puskesmas, bawa buku KIA";
  const published = async (unit: { id: string; governmentId: string }, channelId: string, text: string, daysAgo: number, change = {}) =>
    db.remotePost.create({
      data: {
        channelId,
        unitId: unit.id,
        governmentId: unit.governmentId,
        remoteId: crypto.randomUUID(),
        text,
        textKey: text.toLowerCase().replace(/[^a-z0-9]/g, ""),
        publishedAt: new Date(now().getTime() - daysAgo * 86_400_000),
        firstSeenAt: now(),
        category: "substantive",
        permalink: "https://www.facebook.com/1",
        ...change,
      },
    });
  const like = async (text: string) => {
    const answer = await findDuplicates(world.people.admin, { postId: null, unitId: world.units.dinkes.id, text });
    if (!answer.ok) throw new Error("refused");
    return answer.duplicates;
  };

  it("warns of the unit's own and of a sister's published post, not of another government's, an old or a removed one", async () => {
    const { dinkes, disdukcapil, farDinkes } = world.units;
    const { facebook, far } = world.channels;
    const sister = { ...world.channels.instagram, id: crypto.randomUUID() };
    const facts = { platform: "facebook", mode: "manual", remoteId: "capil", handle: "capil", name: "Capil", baseUrl: "" };
    const place = { unitId: disdukcapil.id, governmentId: disdukcapil.governmentId };
    await db.channel.create({ data: { id: sister.id, ...place, ...facts, firstSeenAt: now(), nextPollAt: now() } });
    await published(farDinkes, far.id, sentence, 2);
    await published(dinkes, facebook.id, sentence, 31);
    await published(dinkes, facebook.id, sentence, 3, { removedAt: now() });
    expect(await like(sentence)).toEqual([]);
    await published(dinkes, facebook.id, `${sentence} #Tegal`, 5);
    await published(disdukcapil, sister.id, sentence.replace("Senin", "Selasa"), 6);
    expect(await like(sentence)).toEqual([
      expect.objectContaining({ degree: "same", sister: false, unitName: "Dinkes", published: true, href: "https://www.facebook.com/1" }),
      expect.objectContaining({ degree: "alike", sister: true, unitName: "Disdukcapil", published: true }),
    ]);
    expect(await like("Jadwal donor darah bulan depan ada di lobi kantor, terbuka untuk semua warga kabupaten")).toEqual([]);
  });

  it("warns of a draft of the unit itself, and never of a sister's draft", async () => {
    const { admin, loneAdmin } = world.people;
    const words = "Layanan pengaduan kesehatan jiwa kini menerima pesan suara setiap hari kerja sampai sore";
    await draft(loneAdmin, [], { unitId: world.units.disdukcapil.id, text: words });
    expect(await like(words)).toEqual([]);
    const { postId } = await draft(admin, [world.channels.facebook], { text: words });
    expect(await like(words)).toMatchObject([{ published: false, href: `/posts/${postId}` }]);
    const again = await findDuplicates(admin, { postId, unitId: world.units.dinkes.id, text: words });
    expect(again, "a post is no duplicate of itself").toEqual({ ok: true, duplicates: [] });
  });

  it("is nobody else's to ask", async () => {
    const ask = { postId: null, unitId: world.units.dinkes.id, text: sentence };
    expect(await refusalOf(findDuplicates(world.people.farAdmin, ask))).toBe("not-found");
  });
});

describe("the content bank", () => {
  const asked = (archived = false) => ({ unitId: world.units.dinkes.id, search: "", archived });
  const namesFor = async (archived = false) => {
    const answer = await listPieces(world.people.admin, asked(archived));
    return answer.ok ? answer.pieces.map((p) => `${p.name}${p.shared ? " (bersama)" : ""}`) : [];
  };

  it("a unit keeps, changes and puts away its pieces, and uses its government's", async () => {
    const { admin } = world.people;
    const { dinkes, regency } = world.units;
    const kept = await keepPiece(admin, {
      pieceId: null,
      unitId: dinkes.id,
      kind: "hashtags",
      name: "Tagar imunisasi",
      text: "#Imunisasi",
    });
    if (!kept.ok) throw new Error("refused");
    const shared = { unitId: regency.id, governmentId: regency.id, kind: "text", createdBy: admin.personId, createdAt: now() };
    await db.contentPiece.create({ data: { ...shared, name: "Salam penutup", text: "Salam sehat" } });
    expect(await namesFor()).toEqual(["Salam penutup (bersama)", "Tagar imunisasi"]);
    await keepPiece(admin, { pieceId: kept.pieceId, unitId: dinkes.id, kind: "hashtags", name: "Tagar balita", text: "#Balita" });
    expect(await namesFor()).toEqual(["Salam penutup (bersama)", "Tagar balita"]);
    await archivePiece(admin, { pieceId: kept.pieceId, archived: true });
    expect([await namesFor(), await namesFor(true)]).toEqual([["Salam penutup (bersama)"], ["Tagar balita"]]);
  });

  it("is narrowed to a pillar", async () => {
    const { admin } = world.people;
    const unitId = world.units.dinkes.id;
    await keepPiece(admin, { pieceId: null, unitId, kind: "text", name: "Ajakan posyandu", text: "Ayo", pillar: "edukasi" });
    const of = async (pillar: "edukasi" | "budaya") => {
      const answer = await listPieces(admin, { ...asked(), pillar });
      return answer.ok && answer.pieces.map((piece) => [piece.name, piece.pillar]);
    };
    expect([await of("edukasi"), await of("budaya")]).toEqual([[["Ajakan posyandu", "edukasi"]], []]);
  });

  it("others neither see nor change it, and the government's is not a unit's to change", async () => {
    const { admin, farAdmin, loneAdmin } = world.people;
    const piece = await db.contentPiece.findFirstOrThrow({ where: { unitId: world.units.dinkes.id } });
    const shared = await db.contentPiece.findFirstOrThrow({ where: { unitId: world.units.regency.id } });
    expect(await refusalOf(listPieces(farAdmin, asked()))).toBe("not-found");
    expect(await refusalOf(archivePiece(loneAdmin, { pieceId: piece.id, archived: false }))).toBe("not-found");
    expect(await refusalOf(archivePiece(admin, { pieceId: shared.id, archived: true }))).toBe("not-found");
    const theft = { pieceId: null, unitId: world.units.regency.id, kind: "text" as const, name: "A", text: "B" };
    expect(await refusalOf(keepPiece(admin, theft))).toBe("not-found");
  });
});

it("tags are kept tidy, and the list is narrowed by them", async () => {
  const { admin, farAdmin } = world.people;
  const { postId } = await draft(admin, [world.channels.facebook], { text: "Berlabel", tags: ["#Stunting", "stunting ", "HUT  RI"] });
  expect(await db.post.findUniqueOrThrow({ where: { id: postId } })).toMatchObject({ tags: ["stunting", "hut ri"] });
  const unit = await db.unit.findUniqueOrThrow({ where: { id: world.units.dinkes.id }, select: unitCard });
  const titles = async (tag: string | null) => (await listPosts(admin, unit, "all", null, tag)).rows.map((row) => row.title);
  expect(await titles("hut ri")).toEqual(["Berlabel"]);
  expect(await titles("hut")).toEqual([]);
  expect((await titles(null)).length).toBeGreaterThan(1);
  expect(await calendarTags(admin, unit, null)).toEqual(["hut ri", "stunting"]);
  expect(await calendarTags(farAdmin, unit, null)).toEqual([]);
});

it("the government's own connected accounts are offered for mentioning, to those who write in it", async () => {
  const { admin, farAdmin } = world.people;
  const asked = { unitId: world.units.dinkes.id, search: "" };
  const handles = async (search: string) => {
    const answer = await listMentions(admin, { ...asked, search });
    return answer.ok && answer.accounts.map((account) => `${account.platform} ${account.handle}`);
  };
  expect(await handles("")).toEqual(expect.arrayContaining(["instagram dinkestegal"]));
  expect(await handles("instagram")).toEqual(["instagram dinkestegal"]);
  await db.channel.update({ where: { id: world.channels.instagram.id }, data: { state: "disconnected" } });
  expect(await handles("instagram")).toEqual([]);
  expect(JSON.stringify(await listMentions(admin, asked))).not.toContain(world.channels.far.id);
  expect(await refusalOf(listMentions(farAdmin, asked))).toBe("not-found");
});
