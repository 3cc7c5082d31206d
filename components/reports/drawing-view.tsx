import type { Colour, Drawing } from "#lib/reports/document/drawing.ts";

const colours: Record<Colour, string> = {
  accent: "var(--accent-text)",
  line: "var(--line-2)",
  sunken: "var(--sunken)",
  text: "var(--text)",
  quiet: "var(--text-3)",
};

/** A report's chart as the page shows it: the same shapes as on paper. */
export function DrawingView({ drawing: { width, height, summary, shapes } }: { drawing: Drawing }) {
  return (
    <svg className="drawing" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
      {shapes.map((shape, index) => {
        const key = `${shape.kind}-${index}`;
        const colour = colours[shape.colour];
        if (shape.kind === "line")
          return <line key={key} x1={shape.x1} y1={shape.y1} x2={shape.x2} y2={shape.y2} stroke={colour} strokeWidth={shape.width} />;
        if (shape.kind === "path") return <path key={key} d={shape.d} fill="none" stroke={colour} strokeWidth={shape.width} />;
        if (shape.kind === "rect")
          return <rect key={key} x={shape.x} y={shape.y} width={shape.width} height={shape.height} fill={colour} />;
        if (shape.kind === "dot") return <circle key={key} cx={shape.x} cy={shape.y} r="2.75" fill={colour} />;
        return (
          <text key={key} x={shape.x} y={shape.y} textAnchor={shape.anchor} fill={colour} fontWeight={shape.strong ? 650 : undefined}>
            {shape.text}
          </text>
        );
      })}
    </svg>
  );
}
