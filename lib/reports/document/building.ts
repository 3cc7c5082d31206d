import { formatInstant, formatNumber, formatPercent, type Locale } from "../../core/text.ts";
import { platformNames } from "../../platforms/names.ts";
import { levels } from "../../scores/rules.ts";
import type { Paired, ReportFigures } from "../figures/types.ts";
import { type Change, changeBetween, wholeMonths } from "../period.ts";
import { barDrawing, lineDrawing } from "./drawing.ts";
import type { CellKind, Column, KeyFigure, Part, ReportDocument, Table } from "./model.ts";
import { recommendations } from "./recommending.ts";

/** Renders a message by its whole key ("reports.doc.title"). */
export type Words = (key: string, values?: Record<string, string | number>) => string;

const MOST_TOPICS = 10;
const MOST_REGIONS = 20;
const best = [...levels].reverse();

/** A local day as it is written; noon in no zone stays that day. */
const written = (day: string, locale: Locale, style: "date" | "dayShort" = "date") =>
  formatInstant(new Date(`${day}T12:00:00Z`), "UTC", locale, style);

/** "Oktober 2026", else "1–15 Oktober 2026". */
export function periodText({ from, to }: { from: string; to: string }, locale: Locale): string {
  const months = wholeMonths({ from, to });
  const style = months === null ? { day: "numeric" as const, month: "long" as const } : { month: "long" as const };
  const format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "id-ID", { ...style, year: "numeric", timeZone: "UTC" });
  const [first, last] = [new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`)];
  return months === 1 ? format.format(first) : format.formatRange(first, last);
}

/** The whole report in one language, from its figures alone: nothing is counted here. `basis`: the region's own legal basis. */
export function buildDocument(figures: ReportFigures, basis: readonly string[], say: Words, locale: Locale): ReportDocument {
  const t = (key: string, values?: Record<string, string | number>) => say(`reports.doc.${key}`, values);
  const { subject, period } = figures;
  const builder = new Builder(figures, say, locale);
  const parts = [
    builder.summary(),
    builder.activity(),
    builder.moves(),
    builder.production(),
    builder.response(),
    builder.topics(),
    builder.coaching(),
  ];
  return {
    title: t(wholeMonths(period) === 1 ? "titleMonth" : "title"),
    subject: subject.kind === "unit" ? t("unitOf", { unit: subject.name, government: subject.governmentName }) : subject.name,
    period: periodText(period, locale),
    asOf: t("asOf", {
      moment: formatInstant(new Date(figures.at), subject.zone, locale, "long"),
      day: written(figures.lastDay, locale),
      before: periodText(figures.before, locale),
    }),
    basis: [...basis],
    parts: [...parts, builder.recommendations()].filter((part) => part !== null),
    annexes: [builder.annex()].filter((part) => part !== null),
  };
}

class Builder {
  private readonly figures: ReportFigures;
  private readonly say: Words;
  private readonly locale: Locale;

  constructor(figures: ReportFigures, say: Words, locale: Locale) {
    this.figures = figures;
    this.say = say;
    this.locale = locale;
  }

  private t = (key: string, values?: Record<string, string | number>) => this.say(`reports.doc.${key}`, values);
  private count = (value: number) => formatNumber(value, this.locale);
  private one = (value: number) => formatNumber(value, this.locale, 1);
  private percent = (value: number) => formatPercent(value, this.locale, 1);
  private or = (value: number | null, write: (value: number) => string) => (value === null ? this.t("unknown") : write(value));
  private names = (names: readonly string[], all: number) =>
    all > names.length
      ? this.t("andMore", { names: names.join(", "), count: all - names.length })
      : new Intl.ListFormat(this.locale).format(names);
  private part = (key: string, more: Partial<Part>): Part => ({
    key,
    heading: this.t(`part.${key}`),
    ...{ sentences: [], figures: [], charts: [], tables: [], points: [] },
    ...more,
  });
  private columns = (...of: [string, CellKind][]): Column[] => of.map(([key, kind]) => ({ label: this.t(`column.${key}`), kind }));

  private changed(change: Change, unit: string, before: string): string {
    if (!change) return this.t("change.unknown");
    return this.t(`change.${change.way}`, { by: `${this.one(change.by).replace(/[.,]0$/, "")}${unit}`, before });
  }

  private key(label: string, kind: CellKind, { now, before }: Paired, text: (value: number) => string, note = ""): KeyFigure {
    const points = (value: number | null) => (value !== null && kind === "percent" ? value * 100 : value);
    const change = changeBetween(points(now), points(before));
    const unit = kind === "percent" ? ` ${this.t("percentPoints")}` : kind === "hours" ? ` ${this.t("hours")}` : "";
    const changeText = this.changed(change, unit, before === null ? "" : text(before));
    return {
      label: this.t(`figure.${label}`),
      value: now,
      kind,
      text: this.or(now, text),
      note: now === null ? "" : note,
      change,
      changeText,
    };
  }

  summary(): Part {
    const { activity, score, posts, due, onTimeShare, medianHours, subject } = this.figures;
    const { now, before } = activity;
    const known = now.scored > 0;
    const hours = (value: number) => this.t("inHours", { hours: this.one(value) });
    const first = score
      ? this.key("score", "decimal", score, this.one, score.level ? this.say(`ui.level.${score.level}`) : "")
      : this.key(
          subject.kind === "ministry" ? "activeAgencies" : "active",
          "count",
          { now: known ? now.active : null, before: before?.active ?? null },
          this.count,
          this.t("ofUnits", { units: this.count(now.units), share: this.percent(now.units ? now.active / now.units : 0) }),
        );
    const figures = [
      first,
      this.key("posts", "count", posts, this.count),
      this.key("due", "count", due, this.count),
      this.key("onTime", "percent", onTimeShare, this.percent),
      this.key("median", "hours", medianHours, hours),
    ];
    const sentence = score
      ? this.t("lead.unit", { unit: subject.name, score: this.or(score.now, this.one), change: first.changeText })
      : known
        ? this.t("lead.region", { active: this.count(now.active), units: this.count(now.units), change: first.changeText })
        : this.t("lead.unknown");
    return this.part("summary", { sentences: [sentence], figures, charts: this.trend() });
  }

  private trend(): Part["charts"] {
    const { trend, score } = this.figures;
    const points = trend.map(({ day, value, of }) => ({
      label: written(day, this.locale, "dayShort"),
      value,
      text: of === null ? this.one(value) : this.t("trendValue", { active: this.count(value), of: this.count(of) }),
    }));
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last || points.length < 2) return [];
    const change = changeBetween(last.value, first.value)!;
    const title = this.t(`${score ? "trendScore" : "trend"}.${change.way}`, { from: first.text, to: last.text, weeks: points.length - 1 });
    return [{ title, drawing: lineDrawing(points, title) }];
  }

  activity(): Part | null {
    const { classes, districts, regions, score } = this.figures;
    if (regions) return this.regions(regions.slice(0, MOST_REGIONS), regions.length);
    if (score || !classes.length) return null;
    const columns: Column[] = [
      ...this.columns(["class", "text"], ["units", "count"]),
      ...best.map((level) => ({ label: this.say(`ui.level.${level}`), kind: "count" as const })),
      ...this.columns(["without", "count"], ["average", "decimal"]),
    ];
    const rows = classes.map((of) => [
      this.t(`class.${of.group}`),
      of.units,
      ...best.map((level) => of.levels[level]),
      of.without,
      of.average,
    ]);
    const sentences = districts
      ? [this.t("districts", { active: this.count(districts.now.active), units: this.count(districts.now.units) })]
      : [];
    return this.part("activity", { sentences, tables: [{ caption: this.t("caption.activity"), columns, rows }] });
  }

  private regions(regions: NonNullable<ReportFigures["regions"]>, all: number): Part {
    const known = regions.filter(({ units }) => units > 0);
    const bars = known.slice(0, 10).map(({ name, active, units }) => ({
      label: name,
      value: active / units,
      text: `${this.percent(active / units)}`,
    }));
    const title = this.t("chart.regions");
    return this.part("activity", {
      sentences: all > regions.length ? [this.t("regionsMore", { shown: this.count(regions.length), all: this.count(all) })] : [],
      charts: bars.length ? [{ title, drawing: barDrawing(bars, title) }] : [],
      tables: [this.regionTable(regions, this.t("caption.regions"))],
    });
  }

  private regionTable(regions: NonNullable<ReportFigures["regions"]>, caption: string): Table {
    const columns = this.columns(
      ["region", "text"],
      ["units", "count"],
      ["activeUnits", "count"],
      ["share", "percent"],
      ["change", "count"],
      ["posts", "count"],
    );
    const rows = regions.map((of) => [
      of.name,
      of.units,
      of.active,
      of.units ? of.active / of.units : null,
      of.activeBefore === null ? null : of.active - of.activeBefore,
      of.posts,
    ]);
    return { caption, columns, rows };
  }

  moves(): Part | null {
    const { moves, activity, score, regions } = this.figures;
    if (score || regions || !activity.before) return null;
    const columns = this.columns(["unit", "text"], ["from", "text"], ["to", "text"], ["score", "decimal"]);
    const table = (key: "up" | "down"): Table[] =>
      moves[key].length
        ? [
            {
              caption: this.t(`caption.${key}`, { count: moves[key].length }),
              columns,
              rows: moves[key].map((move) => [move.unit, this.say(`ui.level.${move.from}`), this.say(`ui.level.${move.to}`), move.score]),
            },
          ]
        : [];
    const sentence = this.t("moved", { up: moves.up.length, down: moves.down.length });
    return this.part("moves", { sentences: [sentence], tables: [...table("up"), ...table("down")] });
  }

  production(): Part {
    const { platforms, pillars, posts, interactions } = this.figures;
    const bars = platforms.map((of) => ({
      label: platformNames[of.platform],
      value: of.posts.now,
      text: this.or(of.posts.now, this.count),
    }));
    const told = pillars.filter(({ pillar }) => pillar !== null);
    const pillarName = (pillar: string | null) => (pillar === null ? this.t("noPillar") : this.say(`posts.composer.pillars.${pillar}`));
    const pillarBars = told.map((of) => ({ label: pillarName(of.pillar), value: of.posts, text: this.count(of.posts) }));
    const sentence = this.t("produced", { posts: this.or(posts.now, this.count), interactions: this.or(interactions.now, this.count) });
    const titles = [this.t("chart.platforms"), this.t("chart.pillars")] as const;
    return this.part("production", {
      sentences: [sentence],
      charts: [
        ...(bars.length ? [{ title: titles[0], drawing: barDrawing(bars, titles[0]) }] : []),
        ...(pillarBars.length ? [{ title: titles[1], drawing: barDrawing(pillarBars, titles[1]) }] : []),
      ],
      tables: [
        ...(platforms.length
          ? [
              {
                caption: this.t("caption.platforms"),
                columns: this.columns(
                  ["platform", "text"],
                  ["accounts", "count"],
                  ["posts", "count"],
                  ["postsBefore", "count"],
                  ["interactions", "count"],
                ),
                rows: platforms.map((of) => [platformNames[of.platform], of.accounts, of.posts.now, of.posts.before, of.interactions]),
              },
            ]
          : []),
        ...(pillars.length
          ? [
              {
                caption: this.t("caption.pillars"),
                columns: this.columns(["pillar", "text"], ["posts", "count"]),
                rows: pillars.map((of) => [pillarName(of.pillar), of.posts]),
              },
            ]
          : []),
      ],
    });
  }

  response(): Part {
    const { due, onTime, late, unanswered, onTimeShare, medianHours } = this.figures;
    const columns = this.columns(["measure", "text"], ["now", "count"], ["before", "count"]);
    const rows = [
      [this.t("measure.due"), due.now, due.before],
      [this.t("measure.onTime"), onTime.now, onTime.before],
      [this.t("measure.late"), late.now, late.before],
      [this.t("measure.unanswered"), unanswered.now, unanswered.before],
    ];
    const sentence =
      onTimeShare.now === null
        ? this.t(due.now === 0 ? "noneDue" : "responseUnknown")
        : this.t("responded", {
            onTime: this.count(onTime.now!),
            due: this.count(due.now!),
            share: this.percent(onTimeShare.now),
            hours: this.or(medianHours.now, (value) => this.t("inHours", { hours: this.one(value) })),
          });
    return this.part("response", { sentences: [sentence], tables: [{ caption: this.t("caption.response"), columns, rows }] });
  }

  topics(): Part | null {
    const { topics } = this.figures;
    const spoken = (topics ?? []).filter(({ now }) => now > 0);
    const named = spoken.filter(({ topic }) => topic !== null).slice(0, MOST_TOPICS);
    if (!spoken.length) return null;
    const all = spoken.reduce((total, { now }) => total + now, 0);
    const unsorted = spoken.find(({ topic }) => topic === null)?.now ?? 0;
    const bars = named.map((of) => ({ label: this.say(`topics.name.${of.topic}`), value: of.now, text: this.count(of.now) }));
    const title = this.t("chart.topics", { topic: bars[0]?.label ?? "" });
    const table = {
      caption: this.t("caption.topics"),
      columns: this.columns(["topic", "text"], ["now", "count"], ["before", "count"]),
      rows: named.map((of) => [this.say(`topics.name.${of.topic}`), of.now, of.before]),
    };
    return this.part("topics", {
      sentences: [this.t("spoken", { all: this.count(all), unsorted: this.count(unsorted) })],
      charts: bars.length ? [{ title, drawing: barDrawing(bars, title) }] : [],
      tables: bars.length ? [table] : [],
    });
  }

  coaching(): Part | null {
    const { coaching } = this.figures;
    if (!coaching) return null;
    const { begun, running, closed } = coaching;
    const ended = closed.reduce((total, { cases }) => total + cases, 0);
    if (!begun.now && !running && !ended) return null;
    const rows = [
      [this.t("measure.begun"), begun.now],
      [this.t("measure.running"), running],
      ...closed.map(({ outcome, cases }) => [this.t("measure.ended", { outcome: this.say(`coaching.outcome.${outcome}`) }), cases]),
    ];
    return this.part("coaching", {
      sentences: [this.t("coached", { begun: begun.now ?? 0, running, ended })],
      tables: [{ caption: this.t("caption.coaching"), columns: this.columns(["measure", "text"], ["now", "count"]), rows }],
    });
  }

  recommendations(): Part {
    const points = recommendations(this.figures).map((found) => {
      const values: Record<string, string | number> = {};
      if ("names" in found) Object.assign(values, { names: this.names(found.names, found.count), count: found.count });
      if ("share" in found) values.share = this.percent(found.share);
      if ("unanswered" in found) values.unanswered = found.unanswered;
      if ("score" in found) values.score = this.one(found.score);
      if ("topic" in found) Object.assign(values, { topic: this.say(`topics.name.${found.topic}`), now: found.now, before: found.before });
      return { text: this.t(`advice.${found.code}.text`, values), reason: this.t(`advice.${found.code}.reason`, values) };
    });
    return this.part("recommendations", { points });
  }

  annex(): Part | null {
    const { units, regions } = this.figures;
    if (regions)
      return regions.length > MOST_REGIONS
        ? this.part("allRegions", { tables: [this.regionTable(regions, this.t("caption.regions"))] })
        : null;
    if (units.length < 2) return null;
    const columns = this.columns(
      ["place", "count"],
      ["unit", "text"],
      ["level", "text"],
      ["score", "decimal"],
      ["change", "decimal"],
      ["posts", "count"],
      ["due", "count"],
      ["onTime", "count"],
    );
    const tables = [...Map.groupBy(units, ({ group }) => group)].map(([group, of]) => ({
      caption: this.t(`class.${group}`),
      columns,
      rows: of.map((row) => [
        row.place,
        row.name,
        row.level ? this.say(`ui.level.${row.level}`) : null,
        row.score,
        row.score === null || row.scoreBefore === null ? null : Math.round((row.score - row.scoreBefore) * 10) / 10,
        row.posts,
        row.due,
        row.onTime,
      ]),
    }));
    return this.part("board", { sentences: [this.t("boardNote")], tables });
  }
}
