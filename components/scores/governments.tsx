import type { Route } from "next";
import type { GovernmentRow } from "#lib/scores/boards/governments.ts";
import Link from "@/components/ui/link.tsx";
import { Change } from "../ui/change.tsx";
import { Empty } from "../ui/empty.tsx";
import { Input } from "../ui/field.tsx";
import { useScoreWords } from "./words.ts";

type Props = { rows: GovernmentRow[]; all: number; like: string };

/** Every government that has scores, with how many of its agencies are active. */
export function Governments({ rows, all, like }: Props) {
  const { t, percent } = useScoreWords();
  return (
    <>
      <form className="board-search" action="/scores">
        <label className="label" htmlFor="q">
          {t("governments.search")}
        </label>
        <Input id="q" name="q" type="search" defaultValue={like} maxLength={80} />
        <button type="submit" className="btn">
          {t("governments.find")}
        </button>
      </form>
      {rows.length === 0 ? (
        <Empty
          action={
            like && (
              <Link className="link" href="/scores">
                {t("governments.showAll")}
              </Link>
            )
          }
        >
          {like ? t("governments.notFound", { name: like }) : t("governments.empty")}
        </Empty>
      ) : (
        <>
          <p className="mb-3 text-13 text-ink-3">{t("governments.count", { shown: rows.length, all })}</p>
          <div className="panel">
            <table className="tbl cards governments">
              <caption className="sr-only">{t("governments.caption")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("governments.name")}</th>
                  <th scope="col" className="num">
                    {t("governments.active")}
                  </th>
                  <th scope="col" className="num">
                    {t("governments.share")}
                  </th>
                  <th scope="col" className="num">
                    {t("governments.change")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => {
                  const change = row.active - row.activeBefore;
                  return (
                    <tr key={row.code}>
                      <td className="name">
                        <Link href={`/scores?${new URLSearchParams({ region: row.code })}` as Route} prefetch={false}>
                          {row.name}
                        </Link>
                      </td>
                      <td className="num of">{t("governments.of", { active: row.active, units: row.units })}</td>
                      <td className="num score">{percent(row.active / row.units, 1)}</td>
                      <td className="num change-cell">
                        <Change direction={change > 0 ? "up" : change < 0 ? "down" : "same"} label={String(Math.abs(change))} />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  );
}
