"use client";

import { type ComponentType, type ReactNode, useEffect, useRef, useState } from "react";
import { LineDrawing, type Plot } from "./line-drawing.tsx";

type Live = ComponentType<Plot & { width: number; height: number }>;

type Props = Plot & {
  /** The answer the chart gives ("Skor naik dari 58,2 ke 84,3 dalam 26 pekan"). */
  title: ReactNode;
  height?: number;
  words: { showTable: string; when: string; value: string };
};

/**
 * One line over time, drawn on the server, its table behind it. The chart library is fetched only when the chart comes
 * near the screen, and then lies over the first drawing in the same place.
 */
export function LineChart({ title, height = 240, words, ...plot }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [Live, setLive] = useState<Live | null>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        // A library that does not arrive leaves the first drawing in place.
        import("./line-plot.tsx").then(
          (module) => setLive(() => module.default),
          () => {},
        );
      },
      { rootMargin: "160px" },
    );
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!Live) return;
    // The library paints a moment after it is mounted.
    const timer = setTimeout(() => setDrawn(true), 120);
    return () => clearTimeout(timer);
  }, [Live]);
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <div className="plot" ref={frame} style={{ height }} role="img" aria-label={plot.summary}>
        <div className={`plot-still ${drawn ? "plot-over" : ""}`}>
          <LineDrawing {...plot} />
        </div>
        {Live && (
          <div className="plot-live">
            <Live {...plot} width={frame.current?.clientWidth ?? 720} height={height} />
          </div>
        )}
      </div>
      <details>
        <summary className="link">{words.showTable}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard */}
        <section className="panel" tabIndex={0} aria-label={plot.summary}>
          <table className="tbl tbl-dense">
            <thead>
              <tr>
                <th scope="col">{words.when}</th>
                <th scope="col" className="num">
                  {words.value}
                </th>
              </tr>
            </thead>
            <tbody>
              {plot.points.map((point) => (
                <tr key={point.when}>
                  <td>{point.when}</td>
                  <td className="num">{point.label}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
