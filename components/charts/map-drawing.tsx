import type { Route } from "next";
import Link from "@/components/ui/link.tsx";
import { MapKeys } from "./map-keys.tsx";
import outlines from "./map-outlines.json" with { type: "json" };
import { westToEast } from "./map-walk.ts";

export type MapPlace = {
  code: string;
  /** Name and figure in one sentence. */
  label: string;
  /** The colour, from the least to the most; null when it is not known. */
  step: 0 | 1 | 2 | 3 | 4 | null;
  /** The figure as it is printed on the place, where there is room. */
  figure: string | null;
  href: Route | null;
  /** The reader's own, outlined. */
  own: boolean;
};

type Outline = { size: number[]; places: Record<string, number[]> };
const maps: Record<string, Outline> = outlines;

/** Below this width a place is lost without a dot, from that one on a figure fits. */
const DOT_BELOW = 16;
const FIGURE_FROM = 38;

export const hasOutline = (map: string, code: string) => maps[map]?.places[code] !== undefined;

type Props = { map: string; label: string; places: MapPlace[]; back: Route | null; hint: string };

/** A map drawn on the server from a file of shapes: links that the arrow keys walk over. Places without an outline are left out. */
export function MapDrawing({ map, label, places, back, hint }: Props) {
  const outline = maps[map];
  if (!outline) return null;
  const drawn = westToEast(
    places.flatMap((place) => {
      const [x, y, room] = outline.places[place.code] ?? [];
      return x === undefined || y === undefined || room === undefined
        ? []
        : [{ ...place, x, y, room, shape: `/map/${map}.svg#${place.code}` }];
    }),
  );
  // Dots lie above the shapes around them.
  const layers = [...drawn.filter(({ room }) => room >= DOT_BELOW), ...drawn.filter(({ room }) => room < DOT_BELOW)];
  const own = drawn.find((place) => place.own);
  const first = own ?? drawn[0];
  return (
    <MapKeys back={back} hint={hint}>
      {/* biome-ignore lint/a11y/useSemanticElements: an SVG holds no fieldset */}
      <svg
        className="map"
        viewBox={`0 0 ${outline.size.join(" ")}`}
        style={{ aspectRatio: outline.size.join("/") }}
        role="group"
        aria-label={label}
      >
        {layers.map(({ code, label: words, step, href, x, y, room, shape }) => {
          const common = {
            "data-code": code,
            "data-x": x,
            "data-y": y,
            "aria-label": words,
            tabIndex: code === first?.code ? 0 : -1,
            className: step === null ? "map-place map-unknown" : `map-place map-q${step}`,
          };
          const inside = (
            <>
              <title>{words}</title>
              <use href={shape} />
              {room < DOT_BELOW && <circle cx={x} cy={y} r="8" />}
            </>
          );
          return href ? (
            <Link key={code} href={href} {...common}>
              {inside}
            </Link>
          ) : (
            // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: the arrow keys stop at it to read its figure
            <g key={code} role="img" {...common}>
              {inside}
            </g>
          );
        })}
        {own && <use className="map-own" href={own.shape} />}
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: figures hold nothing that takes the focus */}
        <g className="map-figures" aria-hidden="true">
          {drawn.map(({ code, figure, x, y, room }) =>
            figure && room >= FIGURE_FROM ? (
              <text key={code} x={x} y={y}>
                {figure}
              </text>
            ) : null,
          )}
        </g>
        <use className="map-focus" />
      </svg>
    </MapKeys>
  );
}
