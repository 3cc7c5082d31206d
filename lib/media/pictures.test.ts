import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodePicture } from "./pictures.ts";

const photo = (width = 320, height = 240) => sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 20 } } });
const text = (value: string) => new TextEncoder().encode(value);
const codes = async (bytes: Uint8Array) => {
  const result = await decodePicture(bytes);
  return result.ok ? "taken" : result.problems.map((problem) => problem.code).join();
};

/** A PNG with the given chunks after its signature; the checksums are left out, no reader gets that far. */
function png(...chunks: [string, Buffer][]): Buffer {
  const parts = chunks.map(([name, data]) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name, "latin1"), data, Buffer.alloc(4)]);
  });
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...parts]);
}

/** The same picture with a chunk put in after the header, as a moving PNG has it. */
function withChunk(file: Buffer, name: string, data: Buffer): Buffer {
  const chunk = png([name, data]).subarray(8);
  return Buffer.concat([file.subarray(0, 33), chunk, file.subarray(33)]);
}

describe("what is no whole still picture is refused, whatever its name", () => {
  test("an empty file", async () => expect(await codes(new Uint8Array())).toBe("file-empty"));

  test.each([
    ["HTML", text("<!doctype html><script>alert(1)</script>")],
    ["SVG", text(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><script>alert(1)</script></svg>`)],
    ["PDF", text("%PDF-1.7\n1 0 obj")],
    ["a program", Buffer.from("MZ\x90\0\x03\0\0\0", "latin1")],
    ["a JPEG's first bytes and nothing else", Buffer.from("\xff\xd8\xff\xe0\0\x10JFIF", "latin1")],
    ["HTML after a picture's first bytes", Buffer.concat([Buffer.from("\xff\xd8\xff", "latin1"), text("<html>")])],
  ])("%s", async (_, bytes) => expect(await codes(bytes)).toBe("file-no-picture"));

  test.each(["jpeg", "png", "webp"] as const)("a %s that is cut off", async (kind) => {
    const noise = await sharp({
      create: { width: 400, height: 400, channels: 3, background: "#777", noise: { type: "gaussian", mean: 128, sigma: 40 } },
    })
      .toFormat(kind)
      .toBuffer();
    expect(await codes(noise)).toBe("taken");
    expect(await codes(noise.subarray(0, Math.floor(noise.length * 0.6)))).toBe("file-no-picture");
  });

  test("a PNG of 50,000 by 50,000, before a pixel of it is unpacked", async () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(50_000, 0);
    header.writeUInt32BE(50_000, 4);
    header.set([8, 2], 8);
    const bomb = png(["IHDR", header], ["IDAT", Buffer.alloc(64)], ["IEND", Buffer.alloc(0)]);
    expect(await codes(bomb)).toBe("file-pixels");
  });

  test("51 million pixels", async () => expect(await codes(await photo(10_200, 5_000).png().toBuffer())).toBe("file-pixels"));
  test("99 pixels wide", async () => expect(await codes(await photo(99, 240).png().toBuffer())).toBe("file-too-small"));
  test("100 by 100 is enough", async () => expect(await codes(await photo(100, 100).png().toBuffer())).toBe("taken"));
});

describe("a moving picture is refused, not silently stilled", () => {
  const frames = async () =>
    sharp(await Promise.all([photo(), photo().negate()].map((frame) => frame.png().toBuffer())), { join: { animated: true } });

  test("GIF", async () => expect(await codes(await photo().gif().toBuffer())).toBe("file-animated"));
  test("WebP", async () => expect(await codes(await (await frames()).webp({ delay: [100, 100] }).toBuffer())).toBe("file-animated"));
  test("PNG", async () => {
    const still = await photo().png().toBuffer();
    expect(await codes(withChunk(still, "acTL", Buffer.alloc(8)))).toBe("file-animated");
  });
});

describe("what is kept is the picture and nothing else", () => {
  const taken = async (bytes: Uint8Array) => {
    const result = await decodePicture(bytes);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return { ...result.picture, read: await sharp(result.picture.bytes).metadata() };
  };

  test("printed colours (CMYK) become colours of a screen", async () => {
    const printed = await photo().toColourspace("cmyk").jpeg().toBuffer();
    expect((await sharp(printed).metadata()).space).toBe("cmyk");
    expect((await taken(printed)).read).toMatchObject({ space: "srgb", channels: 3 });
  });

  test("a phone's picture stands upright and has lost the place where it was taken", async () => {
    const turned = await photo(320, 240)
      .withExif({ IFD3: { GPSLatitude: "6/1 52/1 0/1", GPSLongitude: "109/1 8/1 0/1" }, IFD0: { Model: "Telepon" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const kept = await taken(turned);
    expect([kept.width, kept.height]).toEqual([240, 320]);
    expect(kept.read).toMatchObject({ width: 240, height: 320 });
    expect(kept.read.exif).toBeUndefined();
    expect(kept.read.orientation ?? 1).toBe(1);
  });

  test("what hides behind the picture is gone", async () => {
    const hidden = "<script>alert(document.cookie)</script>PK\x03\x04";
    const polyglot = Buffer.concat([await photo().jpeg().withMetadata().toBuffer(), text(hidden)]);
    expect(Buffer.from((await taken(polyglot)).bytes).includes("script")).toBe(false);
  });

  test.each(["jpeg", "png", "webp"] as const)("its kind is kept: %s", async (kind) => {
    expect((await taken(await photo().toFormat(kind).toBuffer())).mime).toBe(`image/${kind}`);
  });
});
