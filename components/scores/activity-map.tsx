import type { Route } from "next";
import { stepBounds, stepOf } from "#lib/scores/boards/map-steps.ts";
import { placesByShare } from "#lib/scores/boards/ranking.ts";
import { activeOf, type Tally } from "#lib/scores/boards/tallies.ts";
import Link from "@/components/ui/link.tsx";
import { hasOutline, MapDrawing } from "../charts/map-drawing.tsx";
import type { BoardHref } from "./board-address.ts";
import { useScoreWords } from "./words.ts";

export type Area = {
  code: string;
  name: string;
  /** Null where nothing is known; `why` then tells more than that. */
  tally: Tally | null;
  why?: "outside" | "partOf";
  href: Route | null;
  own: boolean;
  /** Stands for the whole map and is only listed. */
  whole?: boolean;
};

type Props = { map: string; name: string; areas: Area[]; href: BoardHref };

/** The map of the country or of a province, coloured by share of active units, with the same figures as a table. */
export function ActivityMap({ map, name, areas, href }: Props) {
  const { t, number, percent } = useScoreWords();
  const level = map === "id" ? "all" : "one";
  const known = areas.flatMap((area) => (area.tally ? [{ ...area.tally, area }] : []));
  const order = known.toSorted((x, y) => activeOf(y) / y.units - activeOf(x) / x.units || x.area.code.localeCompare(y.area.code));
  const placeOf = new Map([...placesByShare(order)].map(([{ area }, place]) => [area, place]));
  const rows = [...order.map(({ area }) => area), ...areas.filter((area) => !area.tally && area.why !== "partOf")];
  const own = areas.find((area) => area.own && area.tally);
  const best = order[0];
  const shareOf = (tally: Tally, digits = 0) => percent(activeOf(tally) / tally.units, digits);
  const words = (area: Area) =>
    area.tally
      ? t("map.area", {
          name: area.name,
          share: shareOf(area.tally, 1),
          active: number(activeOf(area.tally)),
          units: number(area.tally.units),
          place: order.length > 1 ? (placeOf.get(area) ?? 0) : 0,
        })
      : t(`map.${area.why ?? "unknown"}`, { name: area.name });
  const back = map === "id" ? null : href({ province: null });
  return (
    <section className="map-view" aria-labelledby="peta">
      <div>
        <div className="heading mb-2">
          <h2 id="peta">
            {own?.tally && order.length > 1
              ? t("map.own", {
                  name: own.name,
                  share: shareOf(own.tally),
                  place: placeOf.get(own) ?? 0,
                  all: order.length,
                  province: level,
                })
              : best
                ? t("map.best", { name: best.area.name, share: shareOf(best), count: order.length })
                : t("map.none")}
          </h2>
          {back && (
            <span className="aside">
              <Link className="link" href={back}>
                {t("map.back")}
              </Link>
            </span>
          )}
        </div>
        <div className="panel map-panel">
          <MapDrawing
            map={map}
            label={t("map.label", { name })}
            places={areas
              .filter((area) => !area.whole)
              .map((area) => ({
                code: area.code,
                label: words(area),
                step: area.tally ? stepOf(activeOf(area.tally), area.tally.units) : null,
                figure: area.tally && shareOf(area.tally),
                href: area.href,
                own: area.own,
              }))}
            back={back}
            hint={back ? t("map.hintHere") : t("map.hint")}
          />
        </div>
        <Key />
        <p className="text-12 text-ink-3">
          {t("map.ties")} {areas.some((area) => area.tally && !area.href && map === "id") && t("map.compared")}
        </p>
      </div>
      <div className="panel">
        <table className="tbl tbl-dense cards map-table">
          <caption className="sr-only">{t("map.caption", { province: level })}</caption>
          <thead>
            <tr>
              <th scope="col" className="num">
                {t("board.place")}
              </th>
              <th scope="col">{t(level === "all" ? "map.column.province" : "map.column.government")}</th>
              <th scope="col" className="num">
                {t("map.column.active")}
              </th>
              <th scope="col" className="num">
                {t("map.column.share")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((area) => (
              <tr key={area.code} className={area.own ? "own" : undefined}>
                <td className="num place">{(order.length > 1 && placeOf.get(area)) || <span aria-hidden="true">–</span>}</td>
                <td className="name">
                  {area.href ? <Link href={area.href}>{area.name}</Link> : area.name}
                  {area.whole ? (
                    <small>{t("map.government")}</small>
                  ) : (
                    !hasOutline(map, area.code) && <small>{t("map.withoutOutline")}</small>
                  )}
                </td>
                {area.tally ? (
                  <>
                    <td className="num of">
                      {t("governments.of", { active: number(activeOf(area.tally)), units: number(area.tally.units) })}
                    </td>
                    <td className="num score">
                      {shareOf(area.tally, 1)}
                      <i className={`map-swatch map-q${stepOf(activeOf(area.tally), area.tally.units)}`} aria-hidden="true" />
                    </td>
                  </>
                ) : (
                  <td className="num quiet unknown" colSpan={2}>
                    {t(area.why === "outside" ? "map.outsideShort" : "map.noFigure")}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Key() {
  const { t } = useScoreWords();
  const [low, ...rest] = stepBounds;
  const steps = [
    t("map.key.below", { to: low }),
    ...rest.map((to, index) => t("map.key.between", { from: stepBounds[index] ?? low, to: to - 1 })),
    t("map.key.above", { from: stepBounds.at(-1) ?? low }),
  ];
  return (
    <ul className="map-key" aria-label={t("map.key.label")}>
      {steps.map((words, step) => (
        <li key={words}>
          <i className={`map-swatch map-q${step}`} aria-hidden="true" />
          {words}
        </li>
      ))}
      <li>
        <i className="map-swatch map-unknown" aria-hidden="true" />
        {t("map.key.unknown")}
      </li>
    </ul>
  );
}
