/** Pictures and videos of a unit: taken in, judged, given out, fitted, found again and kept from others. */
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { readKept } from "#lib/core/storage.ts";
import { toContent } from "#lib/delivery/content.ts";
import { fitPicture } from "#lib/media/fitting.ts";
import { archiveMedia, describeMedia, listMedia, pickMedia } from "#lib/media/library.ts";
import { publicLink } from "#lib/media/public-links.ts";
import { serveKept } from "#lib/media/serving.ts";
import { findMedia, MAX_VIDEO_BYTES, type UploadedMedia, uploadPicture, uploadVideo } from "#lib/media/uploading.ts";
import { unitByCode } from "#lib/units/queries.ts";
import { clips } from "../support/clips.ts";
import { draft } from "../support/desk.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "garda-media-"));
  process.env.STORAGE_DIR = folder;
  world = await makeWorld();
});
afterAll(async () => {
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function* inPieces(bytes: Buffer, size = 4096) {
  for (let at = 0; at < bytes.length; at += size) yield new Uint8Array(bytes.subarray(at, at + size));
}
const photo = (width: number, height: number, kind: "jpeg" | "png" = "jpeg") =>
  sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 160 } } })
    .toFormat(kind)
    .toBuffer();
const taken = (answer: { ok: boolean; media?: UploadedMedia }): UploadedMedia => {
  if (!answer.media) throw new Error(JSON.stringify(answer));
  return answer.media;
};
const video = async (actor: Actor, name = "banjir rob.mp4", bytes = clips.wide) =>
  taken(await uploadVideo(actor, world.units.dinkes.id, name, inPieces(bytes)));
const picture = async (name: string, width = 1080, height = 1080, kind: "jpeg" | "png" = "jpeg") =>
  taken(await uploadPicture(world.people.admin, world.units.dinkes.id, name, await photo(width, height, kind)));
const incoming = () => readdir(path.join(folder, "incoming")).catch(() => []);

describe("a video", () => {
  it("is kept byte for byte, with what it is", async () => {
    const media = await video(world.people.admin, "../banjir<rob>.mp4");
    expect(media).toMatchObject({ name: "..banjirrob.mp4", mime: "video/mp4", width: 1280, height: 720, durationMs: 4_000, frameRate: 30 });
    const { digest } = await findMedia(world.people.admin, media.id);
    expect(digest).toBe(createHash("sha256").update(clips.wide).digest("hex"));
    expect(clips.wide.equals(await readKept(digest))).toBe(true);
    expect(await incoming()).toEqual([]);
  });

  it("twice the same is kept once, in two rows", async () => {
    const [first, second] = [await video(world.people.admin), await video(world.people.admin)];
    expect(first.id).not.toBe(second.id);
    expect((await findMedia(world.people.admin, first.id)).digest).toBe((await findMedia(world.people.admin, second.id)).digest);
  });

  it.each<[string, Buffer, string]>([
    ["cut off", clips.wide.subarray(0, -5_000), "file-cut-off"],
    ["empty", Buffer.alloc(0), "file-empty"],
    ["a page called .mp4", Buffer.from("<!doctype html>".repeat(400)), "file-no-video"],
  ])("%s is refused and leaves nothing behind", async (_, bytes, code) => {
    const rows = await db.media.count();
    expect(await uploadVideo(world.people.admin, world.units.dinkes.id, "x.mp4", inPieces(bytes))).toMatchObject({ problems: [{ code }] });
    expect(await db.media.count()).toBe(rows);
    expect(await incoming()).toEqual([]);
  });

  it("beyond the limit is refused while it arrives, without being read to its end", async () => {
    const piece = new Uint8Array(1024 * 1024);
    let sent = 0;
    async function* endless() {
      for (;;) {
        sent += piece.length;
        yield piece;
      }
    }
    expect(await uploadVideo(world.people.admin, world.units.dinkes.id, "x.mp4", endless())).toMatchObject({
      problems: [{ code: "file-too-big", params: { limit: 300 } }],
    });
    expect(sent).toBeLessThanOrEqual(MAX_VIDEO_BYTES + 2 * piece.length);
    expect(await incoming()).toEqual([]);
  });

  it("whose sender breaks off leaves nothing behind", async () => {
    async function* broken() {
      yield new Uint8Array(clips.wide.subarray(0, 10_000));
      throw new Error("gone");
    }
    await expect(uploadVideo(world.people.admin, world.units.dinkes.id, "x.mp4", broken())).rejects.toThrow("gone");
    expect(await incoming()).toEqual([]);
  });

  it("and what a process left that ended in the middle is swept up after a day", async () => {
    const left = path.join(folder, "incoming", "left");
    await writeFile(left, "half");
    const old = new Date(Date.now() - 25 * 3_600_000);
    await utimes(left, old, old);
    await video(world.people.admin);
    expect(await incoming()).toEqual([]);
  });
});

describe("a file is given out", () => {
  const ask = async (mediaId: string, range?: string) => {
    const media = await findMedia(world.people.admin, mediaId);
    const response = await serveKept(new Request("http://127.0.0.1/x", { headers: range ? { range } : {} }), media, "no-store");
    if (!response) throw new Error("not there");
    return { status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) };
  };

  it("whole, with headers that let the browser guess and run nothing", async () => {
    const { id } = await video(world.people.admin);
    const answer = await ask(id);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "content-type": "video/mp4",
      "content-length": String(clips.wide.length),
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    expect(answer.body.equals(clips.wide)).toBe(true);
  });

  it("in parts", async () => {
    const { id } = await video(world.people.admin);
    const size = clips.wide.length;
    const part = await ask(id, "bytes=1000-1999");
    expect([part.status, part.headers["content-range"], part.headers["content-length"]]).toEqual([206, `bytes 1000-1999/${size}`, "1000"]);
    expect(part.body.equals(clips.wide.subarray(1000, 2000))).toBe(true);
    expect((await ask(id, "bytes=-10")).body.equals(clips.wide.subarray(-10))).toBe(true);
    const beyond = await ask(id, `bytes=${size}-`);
    expect([beyond.status, beyond.headers["content-range"], beyond.body.length]).toEqual([416, `bytes */${size}`, 0]);
  });

  it("to a platform that was given its link, in parts as well", async () => {
    const { GET } = await import("../../app/media/p/[token]/route.ts");
    const { id } = await video(world.people.admin);
    const { digest } = await findMedia(world.people.admin, id);
    const link = publicLink(digest, "video/mp4", now());
    const params = Promise.resolve({ token: new URL(link).pathname.split("/").at(-1) ?? "" });
    const answer = await GET(new Request(link, { headers: { range: "bytes=0-99" } }), { params });
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
      206,
      "video/mp4",
      "no-store",
    ]);
    expect((await answer.arrayBuffer()).byteLength).toBe(100);
  });

  it("to a connector piece by piece", async () => {
    const { id, ...facts } = await video(world.people.admin);
    const { digest } = await findMedia(world.people.admin, id);
    const frozen = { ...facts, digest, mime: "video/mp4", durationMs: 4_000, frameRate: 30 } as const;
    const { video: content } = toContent("k", {
      title: null,
      text: "",
      link: null,
      pictures: [],
      video: frozen,
      collaborators: [],
      firstComment: null,
      replyTo: null,
    });
    expect(Buffer.from((await content?.slice(500, 700)) ?? []).equals(clips.wide.subarray(500, 700))).toBe(true);
  });
});

describe("fitted to channels", () => {
  it("a new picture is made, the old one stays, and accepting it twice keeps it once", async () => {
    const story = await picture("cerita.png", 1080, 1920, "png");
    await describeMedia(world.people.admin, { mediaId: story.id, alt: "Petugas di pos" });
    const adjusted = () => fitPicture(world.people.admin, { mediaId: story.id, platforms: ["instagram", "facebook"], how: "crop" });
    const first = await adjusted();
    expect(first).toMatchObject({
      ok: true,
      before: { id: story.id, width: 1080, height: 1920, mime: "image/png" },
      after: { width: 1080, height: 1350, mime: "image/jpeg", name: "cerita.jpg", alt: "Petugas di pos" },
    });
    if (!first.ok) throw new Error("refused");
    expect(await db.media.findUniqueOrThrow({ where: { id: first.after.id } })).toMatchObject({ madeFromId: story.id });
    const { digest } = await findMedia(world.people.admin, first.after.id);
    expect(await sharp(await readKept(digest)).metadata()).toMatchObject({ format: "jpeg", width: 1080, height: 1350 });
    expect(await adjusted()).toMatchObject({ after: { id: first.after.id } });
    expect(await findMedia(world.people.admin, story.id)).toMatchObject({ mime: "image/png" });
  });

  it("with margins nothing of the picture is lost", async () => {
    const banner = await picture("spanduk.jpg", 1200, 300);
    const answer = await fitPicture(world.people.admin, { mediaId: banner.id, platforms: ["instagram"], how: "pad" });
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    expect(answer.after).toMatchObject({ width: 1200, height: 629 });
    const { digest } = await findMedia(world.people.admin, answer.after.id);
    const { data } = await sharp(await readKept(digest))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(
      [...data.subarray(0, 3)].every((value) => value > 250),
      "white above",
    ).toBe(true);
    const middle = 3 * (314 * 1200 + 600);
    expect(data[middle + 2]).toBeGreaterThan(120);
    expect(data[middle]).toBeLessThan(60);
  });

  it("a heavy one is coded more coarsely until it is light enough", async () => {
    const noise = await sharp({
      create: { width: 1200, height: 1200, channels: 3, background: "#777", noise: { type: "gaussian", mean: 128, sigma: 60 } },
    })
      .jpeg({ quality: 95 })
      .toBuffer();
    const heavy = taken(await uploadPicture(world.people.admin, world.units.dinkes.id, "pasir.jpg", noise));
    expect(heavy.bytes).toBeGreaterThan(1_000_000);
    const answer = await fitPicture(world.people.admin, { mediaId: heavy.id, platforms: ["bluesky"], how: "crop" });
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    expect(answer.after.bytes).toBeLessThanOrEqual(1_000_000);
    expect(answer.after.width).toBe(answer.after.height);
  });

  it("is not done to what fits, to what cannot, to a video, nor for others", async () => {
    const { admin, farAdmin } = world.people;
    const good = await picture("baik.jpg");
    const tiny = await picture("kecil.jpg", 120, 120);
    const film = await video(admin);
    const ask = (actor: Actor, mediaId: string) => fitPicture(actor, { mediaId, platforms: ["instagram"], how: "crop" });
    expect(await ask(admin, good.id)).toMatchObject({ problems: [{ code: "fits-already" }] });
    expect(await ask(admin, tiny.id)).toMatchObject({ problems: [{ code: "cannot-fit" }] });
    expect(await refusalOf(ask(admin, film.id))).toBe("not-found");
    expect(await refusalOf(ask(farAdmin, tiny.id))).toBe("not-found");
  });
});

describe("the library", () => {
  const all = { search: "", kind: "all", archived: false, after: null } as const;
  const dinkes = async () => {
    const unit = await unitByCode("33.28.dinkes");
    if (!unit) throw new Error("no unit");
    return unit;
  };

  it("is searched by name and by words, and told by kind", async () => {
    const { admin } = world.people;
    const named = await picture("Posyandu Mawar.jpg");
    await describeMedia(admin, { mediaId: named.id, alt: "Cakupan 100%_penuh" });
    const described = await picture("IMG_2231.jpg");
    await describeMedia(admin, { mediaId: described.id, alt: "Ibu menimbang bayi di posyandu" });
    const film = await video(admin, "posyandu.mp4");
    const find = async (ask: Partial<Parameters<typeof listMedia>[2]>) =>
      (await listMedia(admin, await dinkes(), { ...all, ...ask })).rows.map((row) => row.id);
    expect(await find({ search: "POSYANDU" })).toEqual([film.id, described.id, named.id]);
    expect(await find({ search: "posyandu", kind: "video" })).toEqual([film.id]);
    expect(await find({ search: "posyandu", kind: "picture" })).toEqual([described.id, named.id]);
    expect(await find({ search: "100%_P" })).toEqual([named.id]);
    expect(await find({ search: "%" })).toEqual([named.id]);
  });

  it("comes in pages without a gap, newest first", async () => {
    const unit = await dinkes();
    const { admin } = world.people;
    const copies = Array.from({ length: 30 }, (_, n) => ({
      unitId: unit.id,
      digest: "0".repeat(64),
      mime: "image/jpeg",
      width: 100,
      height: 100,
      bytes: 1,
      name: `halaman ${n}`,
      createdAt: now(),
    }));
    await db.media.createMany({ data: copies });
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await listMedia(admin, unit, { ...all, search: "halaman", after });
      seen.push(...page.rows.map((row) => row.id));
      if (!page.more) break;
      after = page.rows.at(-1)?.id ?? null;
    }
    expect(seen).toHaveLength(30);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it("says how many posts use a file, and shows what was fitted once one does", async () => {
    const { admin } = world.people;
    const story = await picture("dipakai.jpg", 1080, 1920);
    const fitted = await fitPicture(admin, { mediaId: story.id, platforms: ["instagram"], how: "crop" });
    if (!fitted.ok) throw new Error("refused");
    const find = async () =>
      (await listMedia(admin, await dinkes(), { ...all, search: "dipakai" })).rows.map((row) => [row.id, row.usedIn]);
    expect(await find()).toEqual([[story.id, 0]]);
    for (let n = 0; n < 2; n += 1) await draft(admin, [world.channels.facebook], { media: [{ mediaId: fitted.after.id, alt: "Pos" }] });
    expect(await find()).toEqual([
      [fitted.after.id, 2],
      [story.id, 0],
    ]);
  });

  it("puts files away and takes them back; posts that use them keep them", async () => {
    const { admin } = world.people;
    const old = await picture("arsip lama.jpg");
    const post = await draft(admin, [world.channels.facebook], { media: [{ mediaId: old.id, alt: "Arsip" }] });
    await archiveMedia(admin, { mediaId: old.id, archived: true });
    const find = async (archived: boolean) =>
      (await listMedia(admin, await dinkes(), { ...all, search: "arsip lama", archived })).rows.map((row) => row.id);
    expect([await find(false), await find(true)]).toEqual([[], [old.id]]);
    expect(await pickMedia(admin, { unitId: world.units.dinkes.id, search: "arsip lama", kind: "all", after: null })).toMatchObject({
      rows: [],
    });
    expect(await db.postMedia.count({ where: { postId: post.postId } })).toBe(1);
    await archiveMedia(admin, { mediaId: old.id, archived: false });
    expect(await find(false)).toEqual([old.id]);
  });

  it("is the unit's own: a government sees its units' files, others see and change nothing", async () => {
    const { admin, head, verifier, farAdmin, analyst, loneAdmin } = world.people;
    const mine = await picture("rahasia dinkes.jpg");
    const search = { ...all, search: "rahasia" };
    const [unit, regency] = [await dinkes(), await unitByCode("33.28")];
    if (!regency) throw new Error("no unit");
    expect((await listMedia(head, regency, search)).rows).toMatchObject([{ id: mine.id, unit: { shortName: "Dinkes" } }]);
    expect((await listMedia(verifier, unit, search)).rows).toHaveLength(1);
    for (const actor of [farAdmin, analyst, loneAdmin]) {
      expect((await listMedia(actor, unit, search)).rows).toEqual([]);
      expect((await listMedia(actor, regency, search)).rows).toEqual([]);
      expect(await pickMedia(actor, { unitId: unit.id, search: "rahasia", kind: "all", after: null })).toMatchObject({ rows: [] });
    }
    const commands: ((actor: Actor) => Promise<unknown>)[] = [
      (actor) => describeMedia(actor, { mediaId: mine.id, alt: "x" }),
      (actor) => archiveMedia(actor, { mediaId: mine.id, archived: true }),
      (actor) => uploadVideo(actor, unit.id, "x.mp4", inPieces(clips.wide)),
    ];
    for (const actor of [farAdmin, analyst, loneAdmin, verifier])
      for (const command of commands) expect(await refusalOf(command(actor))).toBe("not-found");
    for (const actor of [farAdmin, analyst, loneAdmin]) expect(await refusalOf(findMedia(actor, mine.id))).toBe("not-found");
    expect(await refusalOf(findMedia(admin, mine.id))).toBe("done");
  });
});
