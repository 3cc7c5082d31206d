/** A video as its own bytes tell it; `durationMs` counts the whole film. */
export type Film = { width: number; height: number; durationMs: number };

type Box = { type: string; from: number; to: number };

/** The boxes between two positions; stops where one does not fit. */
function boxes(view: DataView, from: number, to: number): Box[] {
  const found: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const small = view.getUint32(at);
    const long = small === 1 && at + 16 <= to;
    const size = long ? Number(view.getBigUint64(at + 8)) : small === 0 ? to - at : small;
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
    if (size < 8 || at + size > to) break;
    found.push({ type, from: at + (long ? 16 : 8), to: at + size });
    at += size;
  }
  return found;
}

/** Judges a video by its bytes, not by its name or declared type: an MP4 or MOV with a picture and its samples. Null for anything else. */
export function readFilm(bytes: Uint8Array): Film | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const top = boxes(view, 0, bytes.length);
  const inside = (parent: Box | undefined, type: string): Box[] =>
    parent ? boxes(view, parent.from, parent.to).filter((box) => box.type === type) : [];
  const named = (type: string) => top.find((box) => box.type === type);
  const moov = named("moov");
  const [mvhd] = inside(moov, "mvhd");
  if (top[0]?.type !== "ftyp" || !named("mdat") || !mvhd || mvhd.to - mvhd.from < 32) return null;
  const wide = view.getUint8(mvhd.from) === 1;
  const scale = view.getUint32(mvhd.from + (wide ? 20 : 12));
  const length = wide ? Number(view.getBigUint64(mvhd.from + 24)) : view.getUint32(mvhd.from + 16);
  for (const track of inside(moov, "trak")) {
    const [tkhd] = inside(track, "tkhd");
    if (!tkhd || tkhd.to - tkhd.from < 84) continue;
    // The last two numbers of the header, each with sixteen bits after the point.
    const [width, height] = [view.getUint16(tkhd.to - 8), view.getUint16(tkhd.to - 4)];
    if (width > 0 && height > 0 && scale > 0) return { width, height, durationMs: Math.round((length * 1000) / scale) };
  }
  return null;
}
