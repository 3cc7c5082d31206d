"use client";

import { useEffect, useRef, useState } from "react";
import { Line, LineChart, ReferenceDot, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";

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

const wide = 720;
const narrow = 328;

const roundedRange = (values: number[]): [number, number] => {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = (high - low || Math.abs(high) || 1) * 0.25;
  return [low - air, high + air];
};

function Drawing({ points, thresholds = [], range, width, height }: Plot & { width: number; height: number }) {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const names = Math.max(0, ...thresholds.map(({ label }) => label.length)) * 7 + 12;
  const rising = last.value >= (points.at(-3)?.value ?? first.value);
  const nearTop = range !== undefined && range[1] - last.value < (range[1] - range[0]) * 0.12;
  const shown = width < 480 ? [first.when, last.when] : [0, 1 / 3, 2 / 3, 1].map((share) => points[Math.round(share * (points.length - 1))]?.when ?? "");
  const label = (text: string, textAnchor: "start" | "end", below: boolean) => ({
    value: text,
    content: ({ viewBox }: { viewBox?: unknown }) => {
      const { x = 0, y = 0, width: side = 0 } = viewBox as { x?: number; y?: number; width?: number };
      const left = textAnchor === "start" ? x : x + side;
      return (
        <text x={left} y={below ? y + side + 16 : y - 8} textAnchor={textAnchor} className="strong">
          {text}
        </text>
      );
    },
  });
  return (
    <LineChart
      data={points}
      width={width}
      height={height}
      margin={{ top: 24, right: names || 8, bottom: 0, left: 6 }}
      accessibilityLayer={false}
    >
      <XAxis
        dataKey="when"
        ticks={[...new Set(shown)]}
        interval={0}
        axisLine={false}
        tickLine={false}
        height={28}
        tick={({ x, y, index, payload, visibleTicksCount }) => (
          <text x={x} y={Number(y) + 14} textAnchor={index === 0 ? "start" : index === visibleTicksCount - 1 ? "end" : "middle"}>
            {points.find((point) => point.when === payload.value)?.tick}
          </text>
        )}
      />
      <YAxis hide domain={range ?? roundedRange([...points.map(({ value }) => value), ...thresholds.map(({ value }) => value)])} />
      {thresholds.map(({ value, label: name }) => (
        <ReferenceLine key={name} y={value} stroke="var(--line)" label={{ value: name, position: "right", offset: 6 }} />
      ))}
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--line-2)" }}
        content={({ payload }) => {
          const point = payload[0]?.payload as Point | undefined;
          return point ? (
            <div className="tip">
              <b>{point.label}</b>
              {point.when}
            </div>
          ) : null;
        }}
      />
      <Line
        dataKey="value"
        type="linear"
        stroke="var(--accent-text)"
        strokeWidth={2}
        dot={false}
        activeDot={{ r: 4, fill: "var(--accent-text)", stroke: "var(--surface)" }}
        isAnimationActive={false}
      />
      <ReferenceDot x={first.when} y={first.value} r={4.5} fill="var(--accent-text)" stroke="var(--surface)" strokeWidth={2} label={label(first.label, "start", false)} />
      <ReferenceDot x={last.when} y={last.value} r={4.5} fill="var(--accent-text)" stroke="var(--surface)" strokeWidth={2} label={label(last.label, "end", nearTop || !rising)} />
    </LineChart>
  );
}

/** A wide and a narrow drawing come with the page, so that the words keep their size; once awake it is one, of the exact width. */
export default function LinePlot({ summary, height, ...plot }: Plot & { height: number }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} role="img" aria-label={summary}>
      {width ? (
        <Drawing {...plot} summary={summary} width={width} height={height} />
      ) : (
        <>
          <div className="max-md:hidden">
            <Drawing {...plot} summary={summary} width={wide} height={height} />
          </div>
          <div className="md:hidden">
            <Drawing {...plot} summary={summary} width={narrow} height={height} />
          </div>
        </>
      )}
    </div>
  );
}
