import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { probeVideo } from "./video-probe.ts";

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../../tests/data/${name}.mp4`, import.meta.url)));
const wide = read("wide");
const probe = (file: Buffer) => probeVideo(file.length, async (from, to) => file.subarray(from, to));
const codeOf = async (file: Buffer) => {
  const judged = await probe(file);
  return judged.ok ? "taken" : judged.problem.code;
};

/** The file with `change` made to the box of that name: its contents from the four letters on. */
function changed(name: string, change: (box: Buffer) => void, nth = 0): Buffer {
  const file = Buffer.from(wide);
  let at = -1;
  for (let found = 0; found <= nth; found += 1) at = file.indexOf(name, at + 1, "latin1");
  if (at < 0) throw new Error(`no ${name}`);
  change(file.subarray(at));
  return file;
}

/** As a camera of 2003 would have written it. */
function oldCoding(): Buffer {
  const file = changed("avc1", (box) => box.write("SVQ3", 0, "latin1"), 1);
  file.write("free", file.indexOf("avcC", 0, "latin1"), "latin1");
  return file;
}

/** The outermost boxes one by one. */
function boxes(file: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32BE(at);
    found.push(file.subarray(at, at + length));
    at += length;
  }
  return found;
}
const without = (name: string) => Buffer.concat(boxes(wide).filter((box) => box.toString("latin1", 4, 8) !== name));

describe("a video is known by its bytes", () => {
  test("wide and upright", async () => {
    const facts = { mime: "video/mp4", durationMs: 4_000, frameRate: 30 };
    expect(await probe(wide)).toEqual({ ok: true, facts: { ...facts, width: 1280, height: 720 } });
    expect(await probe(read("vertical"))).toEqual({ ok: true, facts: { ...facts, width: 720, height: 1280 } });
  });

  test("filmed with the phone on its side, its size is the one that is seen", async () => {
    // The matrix of the first track's header: a turn by 90 degrees.
    const turned = changed("tkhd", (box) => {
      const matrix = 4 + 4 + 4 + 4 + 4 + 4 + 4 + 8 + 2 + 2 + 2 + 2;
      for (const [index, value] of [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000].entries()) box.writeInt32BE(value, matrix + 4 * index);
    });
    expect(await probe(turned)).toMatchObject({ ok: true, facts: { width: 720, height: 1280 } });
  });

  test("QuickTime by its brand", async () => {
    const quicktime = changed("ftyp", (box) => box.write("qt  ", 4, "latin1"));
    expect(await probe(quicktime)).toMatchObject({ ok: true, facts: { mime: "video/quicktime" } });
  });

  test("nothing is read that is not needed", async () => {
    let bytes = 0;
    await probeVideo(wide.length, async (from, to) => {
      bytes += Math.min(to, wide.length) - from;
      return wide.subarray(from, to);
    });
    expect(bytes).toBeLessThan(4 * wide.length);
  });
});

describe("what is no whole video is refused", () => {
  const webm = Buffer.from("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01webm", "latin1");

  test.each<[string, Buffer, string]>([
    ["an empty file", Buffer.alloc(0), "file-empty"],
    ["HTML called .mp4", Buffer.from("<!doctype html><script>alert(1)</script>"), "file-no-video"],
    ["a program called .mp4", Buffer.from("MZ\x90\0\x03\0\0\0\x04", "latin1"), "file-no-video"],
    ["zeros", Buffer.alloc(4096), "file-no-video"],
    ["WebM", webm, "file-no-video"],
    ["cut off in the middle", wide.subarray(0, Math.floor(wide.length / 2)), "file-cut-off"],
    ["short by one byte", wide.subarray(0, -1), "file-cut-off"],
    ["without its index", without("moov"), "file-cut-off"],
    ["without its pictures", without("mdat"), "file-cut-off"],
    ["with something after it", Buffer.concat([wide, Buffer.from("<script>alert(1)</script>")]), "file-cut-off"],
    ["a box of no length", Buffer.concat([boxes(wide)[0]!, Buffer.from("\0\0\0\x04moov", "latin1")]), "file-cut-off"],
    ["an opening and nothing else", boxes(wide)[0]!, "file-cut-off"],
    ["sound alone", changed("trak", (box) => box.write("free", 0, "latin1")), "file-no-picture-track"],
    ["a coding that nobody plays", oldCoding(), "file-codec"],
  ])("%s", async (_, file, code) => expect(await codeOf(file)).toBe(code));

  test("a length that cannot be", async () => {
    const long = Buffer.from(wide);
    for (const name of ["mvhd", "tkhd", "mdhd"])
      for (let at = long.indexOf(name, 0, "latin1"); at >= 0; at = long.indexOf(name, at + 1, "latin1"))
        long.writeUInt32BE(0xfffffff0, at + (name === "tkhd" ? 24 : 20));
    expect(await codeOf(long)).toBe("file-duration");
  });
});
