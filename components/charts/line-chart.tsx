"use client";

import { lazy, type ReactNode, Suspense, use, useEffect, useRef, useState } from "react";
import type { Plot } from "./line-plot.tsx";

const LinePlot = lazy(() => import("./line-plot.tsx"));

type Props = Plot & {
  /** The answer the chart gives ("Skor naik dari 58,2 ke 84,3 dalam 26 pekan"). */
  title: ReactNode;
  height?: number;
  words: { showTable: string; when: string; value: string };
};

/** A promise that the page keeps once the chart comes near the screen. */
const whenSeen = () => {
  let seen = () => {};
  const promise = new Promise<void>((resolve) => {
    seen = resolve;
  });
  return { promise, seen };
};

// While this waits, the browser keeps the drawing that came with the page: the chart library is fetched only for charts that are looked at.
function OnceSeen({ promise, children }: { promise: Promise<void>; children: ReactNode }) {
  if (typeof window !== "undefined") use(promise);
  return children;
}

/** One line over time: drawn on the server, answering the pointer once seen, with its table behind it. */
export function LineChart({ title, height = 240, words, ...plot }: Props) {
  const frame = useRef<HTMLElement>(null);
  const [{ promise, seen }] = useState(whenSeen);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && seen(), { rootMargin: "160px" });
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [seen]);
  return (
    <figure className="chart" ref={frame}>
      <figcaption>{title}</figcaption>
      <div className="plot" style={{ height }}>
        <Suspense>
          <OnceSeen promise={promise}>
            <LinePlot {...plot} height={height} />
          </OnceSeen>
        </Suspense>
      </div>
      <details>
        <summary className="link">{words.showTable}</summary>
        <div className="panel">
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
        </div>
      </details>
    </figure>
  );
}
