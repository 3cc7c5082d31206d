import type { Route } from "next";
import { type GovernmentRow, tiers } from "#lib/scores/boards/governments.ts";
import { activeOf, sumOf } from "#lib/scores/boards/tallies.ts";
import type { Trend as Weeks } from "#lib/scores/boards/trend.ts";
import { groups, type Region } from "#lib/scores/regions.ts";
import type { SettingsInForce } from "#lib/scores/settings-in-force.ts";
import Link from "@/components/ui/link.tsx";
import { Change } from "../ui/change.tsx";
import { ChipLink } from "../ui/chip.tsx";
import { Empty } from "../ui/empty.tsx";
import { Input } from "../ui/field.tsx";
import { Section } from "../ui/section.tsx";
import { type BoardAddress, type BoardHref, boardFields } from "./board-address.ts";
import { BoardHero } from "./board-hero.tsx";
import { BoardFilters, BoardFoot, BoardTools, EarlierDay, SinceChoice } from "./board-tools.tsx";
import { ScoreChange } from "./score-change.tsx";
import { useScoreWords } from "./words.ts";

export const PAGE_ROWS = 100;
const MOST = 6;

type Props = {
  region: Region;
  address: BoardAddress;
  href: BoardHref;
  mapHref: Route;
  /** Every government that the filters leave, best first, with its place; and those whose name was asked for. */
  rows: GovernmentRow[];
  shown: GovernmentRow[];
  place: Map<GovernmentRow, number>;
  trend: Weeks;
  day: string;
  run: { day: string; at: Date };
  settings: SettingsInForce;
  files: Record<"csv" | "xlsx", string>;
};

export const regionHref = (code: string, { day, since, group }: BoardAddress) =>
  `/scores?${new URLSearchParams(boardFields({ region: code, day, since, group }))}` as Route;

/** Every government that has figures, with how many of its units are active. */
export function Governments({ region, address, href, mapHref, rows, shown, place, trend, day, run, settings, files }: Props) {
  const { t, number, backTo } = useScoreWords();
  const total = sumOf(rows);
  const { group, since } = address;
  const page = shown.slice((address.page - 1) * PAGE_ROWS, address.page * PAGE_ROWS);
  const pages = Math.ceil(shown.length / PAGE_ROWS);
  return (
    <>
      {day < run.day && <EarlierDay day={day} settings={settings} href={href} />}
      {total && <BoardHero tally={total} address={address} trend={trend} run={{ at: run.at, zone: region.zone }} />}
      <div className="with-rail mt-8">
        <div>
          <BoardTools view={{ path: "/scores", address, href }} other={mapHref} groups={groups} latest={run.day} />
          <BoardFilters label={t("governments.filter")} address={address} href={href}>
            <span className="filter-group">
              <ChipLink current={address.tier === null} href={href({ tier: null })}>
                {t("governments.allTiers")}
              </ChipLink>
              {tiers.map((tier) => (
                <ChipLink key={tier} current={address.tier === tier} href={href({ tier })}>
                  {t(`tier.${tier}`)}
                </ChipLink>
              ))}
            </span>
          </BoardFilters>
          <div className="board-since">
            <form className="board-search" action="/scores">
              {boardFields({ ...address, q: "", page: 1 }).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              <label className="sr-only" htmlFor="q">
                {t("governments.search")}
              </label>
              <Input
                id="q"
                name="q"
                type="search"
                defaultValue={address.q}
                maxLength={80}
                placeholder={t("governments.search")}
                key={address.q}
              />
              <button type="submit" className="btn">
                {t("governments.find")}
              </button>
            </form>
            <SinceChoice address={address} href={href} />
          </div>
          {page.length === 0 ? (
            <Empty
              action={
                address.q && (
                  <Link className="link" href={href({ q: "" })}>
                    {t("governments.showAll")}
                  </Link>
                )
              }
            >
              {address.q ? t("governments.notFound", { name: address.q }) : t("governments.empty")}
            </Empty>
          ) : (
            <>
              <div className="panel">
                <table className="tbl cards governments">
                  <caption className="sr-only">{t("governments.caption", { group })}</caption>
                  <thead>
                    <tr>
                      <th scope="col" className="num">
                        {t("board.place")}
                      </th>
                      <th scope="col">{t("governments.name")}</th>
                      <th scope="col" className="num">
                        {t("governments.active", { group })}
                      </th>
                      <th scope="col" className="num">
                        {t("governments.share")}
                      </th>
                      <th scope="col" className="num">
                        {t("governments.change", { since })}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {page.map((row) => (
                      <Row key={row.code} row={row} place={place.get(row)} address={address} />
                    ))}
                  </tbody>
                </table>
              </div>
              {pages > 1 && (
                <nav className="board-pages" aria-label={t("governments.pages")}>
                  <span>{t("governments.page", { page: address.page, pages, all: number(shown.length) })}</span>
                  {address.page > 1 && (
                    <Link className="link" href={href({ page: address.page - 1 })}>
                      {t("governments.previous")}
                    </Link>
                  )}
                  {address.page < pages && (
                    <Link className="link" href={href({ page: address.page + 1 })}>
                      {t("governments.next")}
                    </Link>
                  )}
                </nav>
              )}
              <BoardFoot files={files}>{t("governments.ties", { day: backTo(day, since) })}</BoardFoot>
            </>
          )}
        </div>
        <Movers rows={rows} address={address} />
      </div>
    </>
  );
}

const gained = (row: GovernmentRow, since: BoardAddress["since"]) => {
  const before = since === "week" ? row.weekBefore : row.monthBefore;
  return before && activeOf(row) - before.active;
};

function Row({ row, place, address }: { row: GovernmentRow; place: number | undefined; address: BoardAddress }) {
  const { t, number, percent } = useScoreWords();
  const active = activeOf(row);
  return (
    <tr>
      <td className="num place">{place}</td>
      <td className="name">
        <Link href={regionHref(row.code, address)} prefetch={false}>
          {row.tier === "province" ? t("governments.inProvince", { province: row.name }) : row.name}
        </Link>
      </td>
      <td className="num of">{t("governments.of", { active: number(active), units: number(row.units) })}</td>
      <td className="num score">{percent(active / row.units, 1)}</td>
      <td className="num change-cell">
        <Gain amount={gained(row, address.since)} />
      </td>
    </tr>
  );
}

function Gain({ amount }: { amount: number | null }) {
  const { number } = useScoreWords();
  if (amount === null) return <ScoreChange change={null} />;
  return <Change direction={amount > 0 ? "up" : amount < 0 ? "down" : "same"} label={number(Math.abs(amount))} />;
}

/** Where most units became active, and where most fell. */
function Movers({ rows, address }: { rows: GovernmentRow[]; address: BoardAddress }) {
  const { t } = useScoreWords();
  const moved = rows.map((row) => ({ row, amount: gained(row, address.since) ?? 0 }));
  const up = moved.filter(({ amount }) => amount > 0).sort((x, y) => y.amount - x.amount);
  const down = moved.filter(({ amount }) => amount < 0).sort((x, y) => x.amount - y.amount);
  return (
    <aside id="gerak" className="rail" aria-label={t("governments.movers")}>
      {[
        { id: "naik", title: t("governments.rose"), none: t("governments.noneRose"), list: up },
        { id: "turun", title: t("governments.fell"), none: t("governments.noneFell"), list: down },
      ].map(({ id, title, none, list }) => (
        <Section key={id} id={id} title={title} count={list.length || undefined}>
          {list.length === 0 && <p className="text-13 text-ink-3">{none}</p>}
          <ul className="moves">
            {list.slice(0, MOST).map(({ row, amount }) => (
              <li key={row.code}>
                <Link href={regionHref(row.code, address)} prefetch={false}>
                  {row.tier === "province" ? t("governments.inProvince", { province: row.name }) : row.name}
                </Link>
                <Gain amount={amount} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </aside>
  );
}
