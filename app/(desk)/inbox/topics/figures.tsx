import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Behind, Count, TopicFigure, TopicFigures } from "#lib/inbox/topics/week-figures.ts";
import { Change } from "@/components/ui/change.tsx";
import Link from "@/components/ui/link.tsx";
import { Section } from "@/components/ui/section.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { type Order, orders, type TopicsAddress, topicsHref } from "./address.ts";

type Props = { figures: TopicFigures; address: TopicsAddress; running: boolean; unitName: string; byUnit: boolean };

const MOST_ROWS = 12;

/** The figures of a week: the answer in one sentence, then by topic, by place and, of a government, by unit. */
export function Figures({ figures, address: { week, order }, running, unitName, byUnit }: Props) {
  const t = useTranslations("topics");
  const kind = useTranslations("inbox.kind");
  const compares = figures.before > 0;
  const shown = { week, compares };
  return (
    <>
      <h2 className="lead">{useLead(figures)}</h2>
      <p className="text-ink-2">{t("sum", { unit: unitName, count: figures.now, before: figures.before })}</p>
      <p className="mb-5 text-13 text-ink-3">{t(`compared.${compares ? (running ? "running" : "whole") : "nothing"}`)}</p>
      {(figures.now > 0 || compares) && (
        <div className="with-rail">
          <Section id="topik" title={t("part.topic")}>
            <Segments label={t("order.label")} className="mb-3 print:hidden">
              {orders.map((each) => (
                <SegmentLink key={each} current={order === each} href={topicsHref(week, { order: each })}>
                  {t(`order.${each}`)}
                </SegmentLink>
              ))}
            </Segments>
            <FigureTable
              {...shown}
              name="topic"
              rows={ordered(figures.topics, order).map((row) => ({
                ...row,
                key: row.topic ?? "none",
                title: row.topic ? t(`name.${row.topic}`) : t("unsorted"),
                behind: { topic: row.topic },
                below: row.kinds
                  .filter((one) => one.now > 0)
                  .map((one) => (
                    <Link key={one.kind} className="link" href={topicsHref(week, { behind: { topic: row.topic, kind: one.kind } })}>
                      {kind(one.kind)} {one.now}
                    </Link>
                  )),
              }))}
            />
          </Section>
          <div className="rail">
            <Section id="tempat" title={t("part.place")}>
              <FigureTable
                {...shown}
                name="place"
                most={MOST_ROWS}
                rows={figures.places.map((row) => ({
                  ...row,
                  key: row.place ?? "none",
                  title: row.place === null ? t("noPlace") : (row.name ?? row.place),
                  behind: { place: row.place },
                }))}
              />
            </Section>
            {byUnit && (
              <Section id="unit" title={t("part.unit")}>
                <FigureTable
                  {...shown}
                  name="unit"
                  most={MOST_ROWS}
                  rows={figures.units.map((row) => ({ ...row, key: row.unitId, title: row.shortName, behind: { unitId: row.unitId } }))}
                />
              </Section>
            )}
          </div>
        </div>
      )}
    </>
  );
}

/** The answer in one sentence; a topic that nobody has sorted is no answer. */
function useLead({ now, before, topics }: TopicFigures): string {
  const t = useTranslations("topics");
  if (!now) return t("lead.none");
  const top = topics.find((row) => row.topic !== null && row.now > 0);
  if (!top?.topic) return t("lead.unsorted", { count: now });
  const words = { topic: t(`name.${top.topic}`), count: top.now };
  if (!before) return t("lead.top", words);
  const change = top.now - top.before;
  return change ? t(`lead.${change > 0 ? "up" : "down"}`, { ...words, change: Math.abs(change) }) : t("lead.same", words);
}

function ordered(rows: readonly TopicFigure[], order: Order): TopicFigure[] {
  if (order === "most") return [...rows];
  const rise = (row: Count) => (row.now - row.before) * (order === "rose" ? 1 : -1);
  return [...rows].sort((a, b) => rise(b) - rise(a) || b.now - a.now);
}

type Row = Count & { key: string; title: string; behind: Pick<Behind, "topic" | "place" | "unitId">; below?: ReactNode[] };
type TableProps = { name: "topic" | "place" | "unit"; rows: Row[]; week: string; compares: boolean; most?: number };

function FigureTable({ name, rows, week, compares, most = rows.length }: TableProps) {
  const t = useTranslations("topics");
  const largest = Math.max(1, ...rows.map((row) => row.now));
  // Beside the topics there is room for the change alone.
  const narrow = name !== "topic";
  return (
    <>
      <div className="panel">
        <table className="tbl">
          <caption className="sr-only">{t(`part.${name}`)}</caption>
          <thead>
            <tr>
              <th scope="col" className="w-full">
                {t(`column.${name}`)}
              </th>
              <th scope="col" className="num">
                {t("column.now")}
              </th>
              {!(narrow && compares) && (
                <th scope="col" className="num max-md:hidden">
                  {t("column.before")}
                </th>
              )}
              {compares && (
                <th scope="col" className="num">
                  <span className="max-md:sr-only">{t("column.change")}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map(({ key, title, behind, below, now, before }) => (
              <tr key={key}>
                <td className="py-2!">
                  <Link className="font-strong hover:underline wrap-anywhere" href={topicsHref(week, { behind })}>
                    {title}
                  </Link>
                  <span className="bar mt-1" aria-hidden="true">
                    <i style={{ width: `${(now / largest) * 100}%` }} />
                  </span>
                  {below && below.length > 0 && <span className="meta mt-1">{below}</span>}
                </td>
                <td className="num font-heading">
                  <Link className="link" href={topicsHref(week, { behind })}>
                    {now}
                  </Link>
                </td>
                {!(narrow && compares) && <td className="num quiet max-md:hidden">{before}</td>}
                {compares && (
                  <td className="num">
                    <Change direction={now > before ? "up" : now < before ? "down" : "same"} label={String(Math.abs(now - before))} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > most && <p className="mt-2 text-13 text-ink-3">{t("more", { count: rows.length - most })}</p>}
    </>
  );
}
