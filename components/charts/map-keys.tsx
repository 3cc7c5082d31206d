"use client";

import { useRouter } from "next/navigation";
import { type FocusEvent, type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { walk, westToEast } from "./map-walk.ts";

type Props = {
  /** The drawing, each place with its code, label and middle. */
  children: ReactNode;
  /** Where Escape leads; null on the map of the country. */
  back: string | null;
  /** Said below the drawing while no place is looked at. */
  hint: string;
};

const placeOf = (target: EventTarget) => (target as Element).closest<SVGElement>("[data-code]");

/** Lets the arrow keys walk over a drawn map, outlines the place that has the focus, and prints its name and figure below. */
export function MapKeys({ children, back, hint }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const [said, setSaid] = useState<string | null>(null);

  const focused = (event: FocusEvent) => {
    const place = placeOf(event.target);
    if (!place || !frame.current) return;
    for (const other of frame.current.querySelectorAll("[data-code]")) other.setAttribute("tabindex", other === place ? "0" : "-1");
    // The place itself may lie below its neighbours: a copy of its outline lies above all.
    frame.current.querySelector(".map-focus")?.setAttribute("href", place.querySelector("use")?.getAttribute("href") ?? "");
    setSaid(place.getAttribute("aria-label"));
  };
  const left = () => {
    frame.current?.querySelector(".map-focus")?.removeAttribute("href");
    setSaid(null);
  };
  const pressed = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    if (!place || !frame.current) return;
    if (event.key === "Escape" && back) router.push(back as Parameters<typeof router.push>[0]);
    const drawn = [...frame.current.querySelectorAll<SVGElement>("[data-code]")];
    const spots = westToEast(drawn.map(({ dataset }) => ({ code: dataset.code ?? "", x: Number(dataset.x), y: Number(dataset.y) })));
    const next = walk(spots, place.dataset.code ?? "", event.key);
    if (!next) return;
    event.preventDefault();
    drawn.find(({ dataset }) => dataset.code === next)?.focus();
  };
  const pointed = (event: PointerEvent) => setSaid(placeOf(event.target)?.getAttribute("aria-label") ?? null);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the places inside are the controls; their events are heard here once
    <div ref={frame} onFocus={focused} onBlur={left} onKeyDown={pressed} onPointerOver={pointed} onPointerLeave={() => setSaid(null)}>
      {children}
      <p className="map-said" aria-hidden="true">
        {said ?? hint}
      </p>
    </div>
  );
}
