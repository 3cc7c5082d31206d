export type Point = {
  /** The moment as it is written, in words ("23 Nov 2026"); each only once. */
  when: string;
  /** The moment on the axis ("23 Nov"). */
  tick: string;
  value: number;
  /** The value as it is written ("84,3"). */
  label: string;
};

export type Plot = {
  /** What the drawing shows, in one sentence, for those who do not see it. */
  summary: string;
  points: Point[];
  /** Lines that mean something, named at the right edge ("85 Sangat aktif"). */
  thresholds?: { value: number; label: string }[];
  /** The ends of the value axis; by default they fit the data. */
  range?: [number, number];
};

export const room = { top: 24, bottom: 28, left: 6 };

/** What both drawings of a plot share: the value axis, the room for names at the right, the moments named, the side of the last label. */
export function layout({ points, thresholds = [], range }: Plot) {
  const values = [...points, ...thresholds].map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const air = (most - least || Math.abs(most) || 1) * 0.2;
  const [low, high] = range ?? [least - air, most + air];
  const end = points.length - 1;
  const last = points[end]?.value ?? 0;
  const before = points[Math.max(0, end - 2)]?.value ?? last;
  const ticks = [...new Set([0, 1 / 3, 2 / 3, 1].map((share) => Math.round(share * end)))];
  return {
    low,
    high,
    ticks,
    right: Math.max(8, ...thresholds.map(({ label }) => label.length * 7 + 14)),
    lastBelow: last < before || (high - last) / (high - low) < 0.12,
  };
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

/** The drawing that comes with the page and goes to paper: it fits any width by itself and its words keep their size. */
export function LineDrawing(plot: Plot) {
  const { points, thresholds = [] } = plot;
  const { low, high, ticks, right, lastBelow } = layout(plot);
  const end = points.length - 1;
  const x = (index: number) => (end > 0 ? index / end : 0);
  const y = (value: number) => (high - value) / (high - low);
  const first = points[0];
  const last = points[end];
  if (!first || !last) return null;
  const path = points.map(({ value }, index) => `${(x(index) * 100).toFixed(2)},${(y(value) * 100).toFixed(2)}`).join(" ");
  return (
    <div className="absolute" style={{ inset: `${room.top}px ${right}px ${room.bottom}px ${room.left}px` }}>
      <svg width="100%" height="100%" overflow="visible" aria-hidden="true">
        {thresholds.map(({ value, label }) => (
          <g key={label}>
            <line x1="0" x2="100%" y1={percent(y(value))} y2={percent(y(value))} stroke="var(--line)" />
            <text x="100%" y={percent(y(value))} dx="8" dy="4">
              {label}
            </text>
          </g>
        ))}
        <svg aria-hidden="true" width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">
          <polyline
            points={path}
            fill="none"
            stroke="var(--accent-text)"
            strokeWidth="2"
            strokeLinejoin="round"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {[first, last].map((point, side) => (
          <g key={point.when}>
            <circle
              cx={percent(side)}
              cy={percent(y(point.value))}
              r="4.5"
              fill="var(--accent-text)"
              stroke="var(--surface)"
              strokeWidth="2"
            />
            <text
              className="strong"
              x={percent(side)}
              y={percent(y(point.value))}
              dx={side ? 4 : -4}
              dy={side && lastBelow ? 21 : -11}
              textAnchor={side ? "end" : "start"}
            >
              {point.label}
            </text>
          </g>
        ))}
        {ticks.map((index) => (
          <text
            key={index}
            className={index === 0 || index === end ? undefined : "max-md:hidden"}
            x={percent(x(index))}
            y="100%"
            dy="22"
            textAnchor={index === 0 ? "start" : index === end ? "end" : "middle"}
          >
            {points[index]?.tick}
          </text>
        ))}
      </svg>
    </div>
  );
}
