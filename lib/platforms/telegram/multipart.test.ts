import { expect, test } from "vitest";
import { streamedForm } from "./multipart.ts";

const bytes = new Uint8Array(2_500_000).map((_, i) => i % 251);

/** A file that counts what was read of it, and how much at once. */
function file(size = bytes.length) {
  const asked: [number, number][] = [];
  const slice = async (from: number, to: number) => {
    asked.push([from, to]);
    return bytes.subarray(from, to);
  };
  return { asked, part: { name: "video", filename: "video.mp4", mime: "video/mp4", bytes: size, slice } };
}

test("is a form as others read it, as long as it says", async () => {
  const { part } = file();
  const form = streamedForm({ chat_id: "-100", caption: 'Baris satu\r\n"dua" 🎥' }, part, "batas-1");
  const whole = new Uint8Array(await new Response(form.body).arrayBuffer());
  expect(whole.length).toBe(form.length);
  const read = await new Response(whole, { headers: { "content-type": form.contentType } }).formData();
  expect(read.get("chat_id")).toBe("-100");
  expect(read.get("caption")).toBe('Baris satu\r\n"dua" 🎥');
  const video = read.get("video") as File;
  expect([video.name, video.type]).toEqual(["video.mp4", "video/mp4"]);
  expect(Buffer.from(await video.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
});

test("reads the file a piece at a time, and no sooner than it is sent", async () => {
  const { asked, part } = file();
  const reader = streamedForm({}, part, "batas-1").body.getReader();
  await reader.read();
  expect(asked.length).toBeLessThanOrEqual(1);
  while (!(await reader.read()).done);
  expect(asked).toEqual([
    [0, 1_048_576],
    [1_048_576, 2_097_152],
    [2_097_152, 2_500_000],
  ]);
});
