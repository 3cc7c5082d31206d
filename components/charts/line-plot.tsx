"use client";

import { Line, LineChart, ReferenceDot, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { layout, type Plot, type Point, room } from "./line-drawing.tsx";

const dot = { fill: "var(--accent-text)", stroke: "var(--surface)", strokeWidth: 2 };

type Spot = { x?: number; y?: number; width?: number };

const endLabel = (text: string, side: "start" | "end", below: boolean) => ({
  content: ({ viewBox }: { viewBox?: unknown }) => {
    const { x = 0, y = 0, width = 0 } = viewBox as Spot;
    return (
      <text className="strong" x={x + width / 2 + (side === "start" ? -4 : 4)} y={y + width / 2 + (below ? 21 : -11)} textAnchor={side}>
        {text}
      </text>
    );
  },
});

const tip = (point: Point | undefined) =>
  point ? (
    <div className="tip">
      <b>{point.label}</b>
      {point.when}
    </div>
  ) : null;

/** The same drawing as LineDrawing, now answering the pointer. */
export default function LinePlot({ width, height, ...plot }: Plot & { width: number; height: number }) {
  const { points, thresholds = [] } = plot;
  const { low, high, ticks, right, lastBelow } = layout(plot);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const named = width < 480 ? [first, last] : ticks.flatMap((index) => points[index] ?? []);
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width, height }}>
      <LineChart data={points} margin={{ ...room, right, bottom: 0 }} accessibilityLayer={false}>
        <XAxis
          dataKey="when"
          height={room.bottom}
          axisLine={false}
          tickLine={false}
          interval={0}
          ticks={named.map(({ when }) => when)}
          tick={({ x, y, payload }) => (
            <text
              x={x}
              y={Number(y) + 14}
              textAnchor={payload.value === first.when ? "start" : payload.value === last.when ? "end" : "middle"}
            >
              {points.find(({ when }) => when === payload.value)?.tick}
            </text>
          )}
        />
        <YAxis hide domain={[low, high]} allowDataOverflow />
        {thresholds.map(({ value, label }) => (
          <ReferenceLine
            key={label}
            y={value}
            stroke="var(--line)"
            label={({ viewBox }: { viewBox: Spot }) => (
              <text x={(viewBox.x ?? 0) + (viewBox.width ?? 0) + 8} y={(viewBox.y ?? 0) + 4}>
                {label}
              </text>
            )}
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--line-2)" }}
          content={({ payload }) => tip(payload[0]?.payload as Point | undefined)}
        />
        <Line
          dataKey="value"
          type="linear"
          stroke="var(--accent-text)"
          strokeWidth={2}
          dot={false}
          activeDot={{ ...dot, r: 4.5 }}
          isAnimationActive={false}
        />
        {[first, last].map((point, side) => (
          <ReferenceDot
            key={point.when}
            x={point.when}
            y={point.value}
            r={4.5}
            ifOverflow="visible"
            {...dot}
            label={side ? endLabel(point.label, "end", lastBelow) : endLabel(point.label, "start", false)}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
