import type { ReactNode } from "react";
import type { Group } from "#lib/scores/engagement/figures.ts";
import { fewestInGroup } from "#lib/scores/engagement/rules.ts";
import { useWords } from "./words.ts";

type Props = {
  groups: readonly Group[];
  nameOf: (key: string) => string;
  column: string;
  title: (best: string, rate: string) => ReactNode;
  aside: ReactNode;
};

/** Groups of posts by the rate of their middle post, the best first; groups too small or without figures say so. Their table behind. */
export function Groups({ groups, nameOf, column, title, aside }: Props) {
  const { t, count, rate } = useWords();
  const telling = (group: Group) => group.ratePpm !== null && group.ratePosts >= fewestInGroup;
  const sorted = [...groups].sort(
    (a, b) => Number(telling(b)) - Number(telling(a)) || (b.ratePpm ?? 0) - (a.ratePpm ?? 0) || b.posts - a.posts,
  );
  const best = sorted.find(telling);
  const top = best?.ratePpm ?? 0;
  return (
    <figure className="chart">
      <figcaption>{best ? title(nameOf(best.key), rate(best.ratePpm)) : t("tooFew")}</figcaption>
      <ul className="bars">
        {sorted.map((group) => (
          <li key={group.key}>
            <span>{nameOf(group.key)}</span>
            <span className={`bar ${telling(group) ? "" : "bar-missing"}`} aria-hidden="true">
              {telling(group) && top > 0 && <i style={{ width: `${((group.ratePpm ?? 0) / top) * 100}%` }} />}
            </span>
            <b className={telling(group) ? "" : "text-13! font-body! text-ink-3"}>{telling(group) ? rate(group.ratePpm) : "–"}</b>
            <small>
              {telling(group)
                ? t("group.posts", { count: group.posts })
                : group.ratePosts === 0
                  ? t("group.missing", { count: group.posts })
                  : t("group.few", { count: group.ratePosts })}
            </small>
          </li>
        ))}
      </ul>
      <details>
        <summary className="link">{t("showTable")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard */}
        <section className="panel" tabIndex={0} aria-label={t("tableOf", { what: column })}>
          <table className="tbl tbl-dense">
            <thead>
              <tr>
                <th scope="col">{column}</th>
                {(["posts", "reach", "views", "interactions", "rate"] as const).map((name) => (
                  <th key={name} scope="col" className="num">
                    {t(`figure.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sorted.map((group) => (
                <tr key={group.key}>
                  <th scope="row" className="text-14! text-ink! font-normal!">
                    {nameOf(group.key)}
                  </th>
                  <td className="num">{count(group.posts)}</td>
                  <td className="num">{count(group.reach)}</td>
                  <td className="num">{count(group.views)}</td>
                  <td className="num">{count(group.interactions)}</td>
                  <td className="num">{rate(group.ratePpm)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
      <p className="note-line">{aside}</p>
    </figure>
  );
}
