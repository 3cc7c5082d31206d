import { useLocale, useTranslations } from "next-intl";
import { formatInstant, formatNumber, isLocale } from "#lib/core/text.ts";
import type { AccountFigures, FiguresRow } from "#lib/posts/imports/queries.ts";
import { figureNames } from "#lib/posts/imports/rules.ts";
import { startOfDay } from "#lib/units/calendar.ts";
import { Empty } from "@/components/ui/empty.tsx";
import { Time } from "@/components/ui/time.tsx";

type Props = { figures: AccountFigures };

function useReading() {
  const t = useTranslations("figures");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  return { t, locale, count: (value: number | null) => (value === null ? t("missing") : formatNumber(value, locale)) };
}

/** What is known of the account and where it came from; what is not known says so. */
export function Known({ figures: { channel, posts, withFigures, newestPost, newestFigures } }: Props) {
  const { t } = useReading();
  const missing = <span className="text-ink-3">{t("missing")}</span>;
  return (
    <dl className="facts">
      <dt>{t("known.posts")}</dt>
      <dd>{posts ? t("known.postCount", { count: posts, with: withFigures }) : missing}</dd>
      <dt>{t("known.newest")}</dt>
      <dd>{newestPost ? <Time at={newestPost} zone={channel.zone} style="short" /> : missing}</dd>
      <dt>{t("known.figures")}</dt>
      <dd>
        {newestFigures ? (
          <>
            <Time at={newestFigures.at} zone={channel.zone} style="short" /> · {t(`from.${newestFigures.from}`)}
          </>
        ) : (
          missing
        )}
      </dd>
    </dl>
  );
}

export function RecentFollowers({ figures: { channel, followers } }: Props) {
  const { t, locale, count } = useReading();
  if (!followers.length) return <p className="text-13 text-ink-3">{t("followers.none")}</p>;
  return (
    <table className="tbl tbl-dense">
      <thead>
        <tr>
          <th scope="col">{t("followers.day")}</th>
          <th scope="col" className="num">
            {t("followers.count")}
          </th>
          <th scope="col">{t("source")}</th>
        </tr>
      </thead>
      <tbody>
        {followers.map((one) => (
          <tr key={one.day}>
            <td>{formatInstant(startOfDay(one.day, channel.zone), channel.zone, locale, "dayShort")}</td>
            <td className="num">{count(one.followers)}</td>
            <td className="quiet">{t(`from.${one.source}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function RecentPosts({ figures: { channel, recent, posts } }: Props) {
  const { t, count } = useReading();
  if (!recent.length) return <Empty>{t("recent.none")}</Empty>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard */}
      <section className="panel relative overflow-x-auto" tabIndex={0} aria-label={t("tableOf", { what: t("recent.title") })}>
        <table className="tbl cards labelled">
          <thead>
            <tr>
              <th scope="col">{t("field.text")}</th>
              <th scope="col">{t("recent.published")}</th>
              {figureNames.map((name) => (
                <th key={name} scope="col" className="num">
                  {t(`field.${name}`)}
                </th>
              ))}
              <th scope="col">{t("recent.asOf")}</th>
            </tr>
          </thead>
          <tbody>
            {recent.map((row) => (
              <tr key={row.id}>
                <td className="py-2 min-w-56 max-w-80">
                  <Words row={row} />
                </td>
                <td className="whitespace-nowrap quiet" data-label={t("recent.published")}>
                  <Time at={row.publishedAt} zone={channel.zone} style="short" />
                </td>
                {figureNames.map((name) => (
                  <td key={name} className={`num ${row[name] === null ? "text-13 text-ink-3" : ""}`} data-label={t(`field.${name}`)}>
                    {row[name] === null ? (
                      <>
                        <span aria-hidden="true">–</span>
                        <span className="sr-only">{t("missing")}</span>
                      </>
                    ) : (
                      count(row[name])
                    )}
                  </td>
                ))}
                <td className="quiet whitespace-nowrap" data-label={t("recent.asOf")}>
                  {row.metricsAt && row.metricsFrom ? (
                    <span>
                      <Time at={row.metricsAt} zone={channel.zone} style="dayShort" /> · {t(`from.${row.metricsFrom}`)}
                    </span>
                  ) : (
                    t("missing")
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="text-13 text-ink-3 mt-2">
        {t("recent.dash")} {posts > recent.length && t("recent.more", { shown: recent.length, count: posts })}
      </p>
    </>
  );
}

function Words({ row }: { row: FiguresRow }) {
  const { t, count } = useReading();
  const words = <span className="line-clamp-2 wrap-anywhere">{row.text || t("recent.noText")}</span>;
  const fallen = figureNames.flatMap((name) => {
    const [before, after] = row.fell?.[name] ?? [];
    return before === undefined || after === undefined ? [] : [{ name, before, after }];
  });
  return (
    <>
      {row.permalink ? (
        <a className="hover:underline" href={row.permalink} target="_blank" rel="noreferrer">
          {words}
          <span className="sr-only"> {t("newTab")}</span>
        </a>
      ) : (
        words
      )}
      {fallen.map(({ name, before, after }) => (
        <span key={name} className="block text-13 text-ink-2">
          {t("fell", { figure: t(`field.${name}`), before: count(before), after: count(after) })}
        </span>
      ))}
    </>
  );
}
