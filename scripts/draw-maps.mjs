// Draws the maps once, from the outlines in scripts/map: one file of shapes for the provinces and one for each province, which
// pages use by name, and a table of where each shape lies. Run it when borders change: node scripts/draw-maps.mjs
import fs from "node:fs";
import path from "node:path";
import { geoArea, geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const WIDTH = 1000;
const MOST_HEIGHT = 760;
const EDGE = 6;
const DIGITS = 1;
const LEAST_ISLAND = 0.4; // square units; smaller ones are not seen, unless a place has nothing else
const folder = path.join("public", "map");

const read = (name, object) => {
  const topology = JSON.parse(fs.readFileSync(path.join("scripts", "map", name), "utf8"));
  return feature(topology, topology.objects[object]).features.map(({ id, geometry }) => ({
    type: "Feature",
    id: String(id),
    geometry: rewound(geometry),
  }));
};

const provinces = read("indonesia-provinsi.topo.json", "provinsi");
const below = read("indonesia-kabupaten.topo.json", "kabupaten");

fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
const outlines = { id: draw("id", provinces) };
for (const { id } of provinces)
  outlines[id] = draw(
    id,
    below.filter((place) => place.id.startsWith(`${id}.`)),
  );
fs.writeFileSync(path.join("components", "charts", "map-outlines.json"), `${JSON.stringify(outlines)}\n`);

/** Rings in the direction that d3 takes for the inside; outlines come in either. */
function rewound(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const turned = polygons.map((rings) =>
    geoArea({ type: "Polygon", coordinates: rings }) > 2 * Math.PI ? rings.map((ring) => ring.toReversed()) : rings,
  );
  return { type: "MultiPolygon", coordinates: turned };
}

function draw(name, features) {
  const sorted = features.toSorted((a, b) => a.id.localeCompare(b.id));
  const first = projectionFor(sorted).projection;
  const seen = sorted.map((place) => withoutSpecks(place, first));
  const { projection, size } = projectionFor(seen);
  const shapes = seen.map((place) => shape(place, projection));
  const drawn = shapes.map(({ id, d }) => `<path id="${id}" vector-effect="non-scaling-stroke" d="${d}"/>`).join("\n");
  fs.writeFileSync(
    path.join(folder, `${name}.svg`),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(" ")}">\n${drawn}\n</svg>\n`,
  );
  return { size, places: Object.fromEntries(shapes.map(({ id, at, room }) => [id, [...at, room]])) };
}

/** As large as the sheet allows, and the size of the sheet that is left then. */
function projectionFor(features) {
  const collection = { type: "FeatureCollection", features };
  const projection = geoMercator().fitExtent(
    [
      [EDGE, EDGE],
      [WIDTH - EDGE, MOST_HEIGHT - EDGE],
    ],
    collection,
  );
  const [[left, top], [right, bottom]] = geoPath(projection).bounds(collection);
  const [x, y] = projection.translate();
  projection.translate([x - left + EDGE, y - top + EDGE]);
  return { projection, size: [Math.ceil(right - left) + 2 * EDGE, Math.ceil(bottom - top) + 2 * EDGE] };
}

/** A place without the islands that would not be seen; the largest always stays. */
function withoutSpecks({ id, geometry }, projection) {
  const area = (rings) => geoPath(projection).area({ type: "Polygon", coordinates: rings });
  const largest = Math.max(...geometry.coordinates.map(area));
  const seen = geometry.coordinates.filter((rings) => area(rings) === largest || area(rings) >= LEAST_ISLAND);
  return { type: "Feature", id, geometry: { type: "MultiPolygon", coordinates: seen } };
}

/** Where a name or figure would stand, the middle of the largest island, and how wide that island is. */
function shape({ id, geometry }, projection) {
  const line = geoPath(projection).digits(DIGITS);
  const [main] = geometry.coordinates
    .map((coordinates) => ({ type: "Polygon", coordinates }))
    .toSorted((a, b) => line.area(b) - line.area(a));
  const [[left, top], [right, bottom]] = line.bounds(main);
  return { id, d: line(geometry), at: line.centroid(main).map(Math.round), room: Math.round(Math.min(right - left, (bottom - top) * 2)) };
}
