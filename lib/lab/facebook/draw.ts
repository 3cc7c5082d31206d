import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, check]);
}

function palette(hue: number, steps: number): Buffer {
  const colours = Buffer.alloc(steps * 3);
  for (let step = 0; step < steps; step++) {
    const lightness = 0.86 - (step / (steps - 1)) * 0.5;
    const chroma = 0.35 * Math.min(lightness, 1 - lightness);
    for (const [channel, turn] of [0, 8, 4].entries()) {
      const k = (turn + (hue + step * 6) / 30) % 12;
      colours[step * 3 + channel] = Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
    }
  }
  return colours;
}

/** A quiet landscape of layered hills as a PNG, always the same for the same name. */
export function drawPicture(name: string, width: number, height: number): Uint8Array {
  const seed = createHash("sha256").update(name).digest();
  const byte = (at: number): number => seed[at] ?? 0;
  const layers = 5;
  const lines: number[][] = [];
  for (let layer = 0; layer < layers; layer++) {
    const waves = 1 + (byte(layer) % 4) * 0.6;
    const shift = byte(layer + 8) / 20;
    const base = height * (0.35 + layer * 0.14);
    lines.push(Array.from({ length: width }, (_, x) => base + height * 0.07 * Math.sin((x / width) * waves * Math.PI * 2 + shift)));
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let step = 0;
      while (step < layers && y > (lines[step]?.[x] ?? 0)) step++;
      rows[y * (width + 1) + 1 + x] = step;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", palette((byte(20) * 360) / 256, layers + 1)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
