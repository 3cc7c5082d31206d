/** Charts of a report as lines, areas and words: the page and the PDF draw the same shapes. Pure. */

export type Shape =
  | { kind: "line"; x1: number; y1: number; x2: number; y2: number; colour: Colour; width: number }
  | { kind: "path"; d: string; colour: Colour; width: number }
  | { kind: "rect"; x: number; y: number; width: number; height: number; colour: Colour }
  | { kind: "dot"; x: number; y: number; colour: Colour }
  | { kind: "text"; x: number; y: number; text: string; anchor: "start" | "middle" | "end"; strong: boolean; colour: Colour };
export type Colour = "accent" | "line" | "sunken" | "text" | "quiet";
/** In points; `summary`: what it shows, for those who do not see it. */
export type Drawing = { width: number; height: number; summary: string; shapes: Shape[] };

const number = (value: number) => String(Math.round(value * 100) / 100);

/** The line through points as an SVG path. */
export const linePath = (points: readonly { x: number; y: number }[]): string =>
  points.map(({ x, y }, index) => `${index ? "L" : "M"}${number(x)} ${number(y)}`).join(" ");

export type LinePoint = { label: string; value: number; text: string };

/** A line over time: its first and last value told, the ends of the time axis named. */
export function lineDrawing(points: readonly LinePoint[], summary: string, width = 495): Drawing {
  const height = 120;
  const [left, right, top, bottom] = [14, width - 14, 26, height - 24];
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = (most - least || Math.abs(most) || 1) * 0.15;
  const [low, high] = [Math.max(least >= 0 ? 0 : least - air, least - air), most + air];
  const end = points.length - 1;
  const at = points.map(({ value }, index) => ({
    x: end > 0 ? left + ((right - left) * index) / end : left,
    y: bottom - ((bottom - top) * (value - low)) / (high - low || 1),
  }));
  const shapes: Shape[] = [{ kind: "line", x1: left, y1: bottom + 4, x2: right, y2: bottom + 4, colour: "line", width: 0.75 }];
  if (at.length > 1) shapes.push({ kind: "path", d: linePath(at), colour: "accent", width: 1.75 });
  for (const index of new Set([0, end])) {
    const [point, place] = [points[index], at[index]];
    if (!point || !place) continue;
    const anchor = index === 0 ? "start" : "end";
    shapes.push({ kind: "dot", ...place, colour: "accent" });
    shapes.push({ kind: "text", x: place.x, y: place.y - 7, text: point.text, anchor, strong: true, colour: "text" });
    shapes.push({ kind: "text", x: place.x, y: height - 6, text: point.label, anchor, strong: false, colour: "quiet" });
  }
  return { width, height, summary, shapes };
}

export type Bar = { label: string; value: number | null; text: string };

const ROW = 19;
const LETTERS = 30;
const shortened = (label: string) => (label.length > LETTERS ? `${label.slice(0, LETTERS - 1).trimEnd()}…` : label);

/** Lying bars, one beneath the other, each with its name and its value; of a value that is not known only the words. */
export function barDrawing(bars: readonly Bar[], summary: string, width = 495): Drawing {
  const [left, right] = [150, width - 70];
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0));
  const shapes = bars.flatMap(({ label, value, text }, index): Shape[] => {
    const middle = index * ROW + ROW / 2;
    const length = ((value ?? 0) / most) * (right - left);
    return [
      { kind: "text", x: 0, y: middle + 3, text: shortened(label), anchor: "start", strong: false, colour: "text" },
      ...(value === null
        ? []
        : [{ kind: "rect" as const, x: left, y: middle - 4, width: right - left, height: 8, colour: "sunken" as const }]),
      ...(value
        ? [{ kind: "rect" as const, x: left, y: middle - 4, width: Math.max(1, length), height: 8, colour: "accent" as const }]
        : []),
      {
        kind: "text",
        x: value === null ? left : right + 8,
        y: middle + 3,
        text,
        anchor: "start",
        strong: value !== null,
        colour: value === null ? "quiet" : "text",
      },
    ];
  });
  return { width, height: Math.max(1, bars.length) * ROW, summary, shapes };
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);

/** The drawing as SVG, in the colours and the typeface of paper. */
export function svgOf({ width, height, shapes }: Drawing, colours: Record<Colour, string>, font: string): string {
  const drawn = shapes.map((shape) => {
    const colour = colours[shape.colour];
    if (shape.kind === "line")
      return `<line x1="${number(shape.x1)}" y1="${number(shape.y1)}" x2="${number(shape.x2)}" y2="${number(shape.y2)}" stroke="${colour}" stroke-width="${shape.width}"/>`;
    if (shape.kind === "path")
      return `<path d="${shape.d}" fill="none" stroke="${colour}" stroke-width="${shape.width}" stroke-linejoin="round" stroke-linecap="round"/>`;
    if (shape.kind === "rect")
      return `<rect x="${number(shape.x)}" y="${number(shape.y)}" width="${number(shape.width)}" height="${number(shape.height)}" fill="${colour}"/>`;
    if (shape.kind === "dot") return `<circle cx="${number(shape.x)}" cy="${number(shape.y)}" r="2.75" fill="${colour}"/>`;
    const weight = shape.strong ? ' font-weight="bold"' : "";
    return `<text x="${number(shape.x)}" y="${number(shape.y)}" font-family="${font}" font-size="8.5"${weight} text-anchor="${shape.anchor}" fill="${colour}">${escaped(shape.text)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${drawn.join("")}</svg>`;
}
