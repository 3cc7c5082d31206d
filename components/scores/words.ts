import { useLocale, useTranslations } from "next-intl";
import { formatInstant, formatNumber, formatPercent, isLocale, type Locale } from "#lib/core/text.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { nextLevel } from "#lib/scores/next-level.ts";
import type { Cap, ComponentKey, Level, ScoreFacts, ScoreResult } from "#lib/scores/rules.ts";
import type { ScoreSettings } from "#lib/scores/settings.ts";
import { addDays, localDay, type Zone } from "#lib/units/calendar.ts";
import { platformNames } from "../posts/platform-names.ts";

export type Explained = { facts: ScoreFacts; result: ScoreResult; settings: ScoreSettings };

/** A day as an instant that is written with the zone "UTC", so that it stays that day. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** Posts that a week of so many working days asks for. */
export const weeklyTarget = ({ facts, settings }: Explained, workdays: number) =>
  Math.max(settings.minWeeklyTarget, (settings.weeklyTarget[facts.unitClass] * workdays) / settings.referenceWorkdays);

/** In how many of the weeks the target was met. */
export const weeksOnTarget = (one: Explained) => ({
  weeks: one.facts.weeks.filter((week) => week.creditedHalves / 2 >= weeklyTarget(one, week.workdays)).length,
  all: one.facts.weeks.length,
});

/** The sentences in which a score is explained, for components that render on the server. */
export function useScoreWords() {
  const locale = useLocale();
  return scoreWords(useTranslations("scores"), useTranslations("ui.level"), isLocale(locale) ? locale : "id");
}

type Scores = ReturnType<typeof useTranslations<"scores">>;
type Levels = ReturnType<typeof useTranslations<"ui.level">>;

/** The same for what is no component: files. */
export function scoreWords(t: Scores, levelName: Levels, locale: Locale) {
  /** At most one decimal: 84,3 and 3, not 3,0. */
  const amount = (value: number) => formatNumber(value, locale, Number.isInteger(Math.round(value * 10) / 10) ? 0 : 1);
  const number = (value: number) => formatNumber(value, locale, 0);
  const points = (value: number) => formatNumber(value, locale, 1);
  const percent = (share: number, digits = 0) => formatPercent(share, locale, digits);
  const level = (name: Level) => levelName(name);
  const ratio = (value: number) => formatNumber(value / 10_000, locale, value < 1_000 ? 2 : 1);
  const limit = (cap: Cap) => points(cap.limit);
  const list = (parts: string[]) => new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(parts);

  /** Both shares with as few decimals as keep them apart; the needed one rounded up, so that reaching it is enough. */
  const fromTo = (now: number, needed: number) => {
    const digits = [0, 1].find((d) => Math.round(now * 10 ** (2 + d)) < ceil(needed * 10 ** (2 + d))) ?? 2;
    return { value: percent(now, digits), needed: percent(ceil(needed * 10 ** (2 + digits)) / 10 ** (2 + digits), digits) };
  };

  const day = (which: string, style: "date" | "dayShort" = "date") => formatInstant(noon(which), "UTC", locale, style);
  /** "2–4 Nov 2026"; a single day stands alone. */
  const days = (from: string, to: string) =>
    new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "id-ID", { dateStyle: "medium", timeZone: "UTC" }).formatRange(
      noon(from),
      noon(to),
    );
  /** The day that change is told from, a week or four before. */
  const backTo = (which: string, since: "week" | "month") => day(addDays(which, since === "week" ? -7 : -28));
  /** The window of a score, of which the last day is known: "27 Oktober – 23 November 2026". */
  const window = (last: string, settings: ScoreSettings, month: "long" | "short" = "long") =>
    new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "id-ID", { day: "numeric", month, year: "numeric", timeZone: "UTC" }).formatRange(
      noon(addDays(last, 1 - settings.windowWeeks * 7)),
      noon(last),
    );
  /** "hari ini pukul 02.10 WIB", with the date when it was another day. */
  const updated = (at: Date, zone: string, today: Date) =>
    localDay(at, zone as Zone) === localDay(today, zone as Zone)
      ? t("updated.today", { time: formatInstant(at, zone, locale, "time") })
      : t("updated.other", { when: formatInstant(at, zone, locale, "long") });

  /** The one step to the next level, as a sentence with the component it concerns. */
  const step = (one: Explained) => {
    const next = nextLevel(one.facts, one.settings);
    const { result } = one;
    if (!next) {
      if (result.level === "very_active") return { next, text: t("step.top") };
      if (result.caps.some(({ code }) => code === "no-response-data"))
        return { next, text: t("step.noMessages", { limit: points(result.caps[0]?.limit ?? 0) }) };
      return { next, text: t("step.several", { component: t(`component.${result.weakest ?? "a"}`) }) };
    }
    if (next.action === "post") return { next, text: t("step.post", { level: level(result.level) }) };
    if (next.action === "open-comments") return { next, text: t("step.openComments", { level: level(next.level) }) };
    if (next.component === "b") return { next, text: t("step.recency", { level: level(next.level) }) };
    const { value: from, needed: to } = fromTo(next.current / 10_000, next.needed / 10_000);
    return { next, text: t("step.raise", { component: t(`component.${next.component}`), from, to, level: level(next.level) }) };
  };

  /** Why a component stands where it does, with its numbers. */
  const why = (key: ComponentKey, { facts, settings, result }: Explained, platform: string): string => {
    const one = { facts, settings, result };
    if (key === "a") {
      const targets = facts.weeks.map((week) => weeklyTarget(one, week.workdays));
      const posts = facts.weeks.map((week) => amount(week.creditedHalves / 2));
      const [first] = targets;
      if (first === undefined) return t("why.noWeeks");
      if (targets.every((target) => target === first)) return t("why.weeks", { posts: list(posts), target: amount(first) });
      return t("why.unevenWeeks", {
        posts: list(posts.map((count, week) => t("why.ofTarget", { count, target: amount(targets[week] ?? first) }))),
      });
    }
    if (key === "b") return facts.daysSinceLastPost === null ? t("why.neverPosted") : t("why.lastPost", { days: facts.daysSinceLastPost });
    if (key === "r") {
      const { due, onTime, late } = facts.replies;
      if (facts.commentsOpen === false) return t("why.commentsClosed");
      return due === 0 ? t("why.noMessages") : t("why.replies", { due, onTime, late, never: due - onTime - late });
    }
    const { posts, substantive, alt } = facts.quality;
    if (key === "d") {
      if (posts === 0) return t("why.noPosts");
      const alts =
        alt.known === 0 ? t("why.altUnknown") : alt.yes < alt.known ? t("why.altMissing", { count: alt.known - alt.yes }) : t("why.altAll");
      return `${t("why.substantive", { share: percent(substantive / posts), substantive, posts })} ${alts}`;
    }
    if (!facts.engagement.readable) return t("why.unreadable", { platform: platformName(platform) });
    if (posts === 0) return t("why.noPosts");
    return facts.engagement.ratio === null
      ? t("why.noPeers")
      : t("why.engagement", { ratio: ratio(facts.engagement.ratio), platform: platformName(platform) });
  };

  /** A cap with the condition that is not met. */
  const cap = (which: Cap, { facts, result, settings }: Explained) => {
    const { active, veryActive, dormant, dead } = settings.caps;
    const value = (key: ComponentKey, needed: number) => fromTo(result.components[key].value ?? 0, needed / 10_000);
    const words = { limit: limit(which) };
    switch (which.code) {
      case "dead":
        return t("cap.dead", { ...words, days: dead.afterDays });
      case "dormant":
        return facts.daysSinceLastPost === null ? t("cap.neverPosted", words) : t("cap.dormant", { ...words, days: dormant.afterDays });
      case "comments-closed":
        return t("cap.commentsClosed", words);
      case "regularity":
        return t("cap.regularity", { ...words, ...value("a", active.regularity) });
      case "active-weeks":
        return t("cap.activeWeeks", {
          ...words,
          ...activeWeeks(facts),
          needed: Math.ceil((facts.weeks.length * active.activeWeeks) / settings.windowWeeks),
        });
      case "responsiveness":
        return t("cap.responsiveness", { ...words, ...value("r", active.responsiveness) });
      case "responsiveness-high":
        return t("cap.responsivenessHigh", { ...words, ...value("r", veryActive.responsiveness) });
      case "no-response-data":
        return t("cap.noMessages", words);
    }
  };

  const qualityCause = ({ facts: { quality }, settings }: Explained) => {
    if (quality.posts === 0) return t("cause.noPosts");
    const share = quality.substantive / quality.posts;
    if (share < settings.quality.substantiveTarget / 10_000) return t("cause.d", { share: percent(share) });
    const altMissing = quality.alt.known - quality.alt.yes;
    return altMissing > 0 ? t("cause.alt", { count: altMissing }) : t("cause.contact");
  };

  /** In a few words what holds an account back most: its silence, its lowest cap, else its weakest component. */
  const cause = (one: Explained) => {
    const { facts, result, settings } = one;
    const { due, onTime, late } = facts.replies;
    const first = result.caps[0];
    if (result.level === "dormant" || result.level === "dead")
      return facts.daysSinceLastPost === null ? t("cause.neverPosted") : t("cause.silent", { days: facts.daysSinceLastPost });
    const { active, veryActive } = settings.caps;
    const value = (key: ComponentKey, needed: number) => fromTo(result.components[key].value ?? 0, needed / 10_000);
    if (first?.code === "comments-closed") return t("cause.commentsClosed");
    if (first?.code === "regularity") return t("cause.needs", { component: t("component.a"), ...value("a", active.regularity) });
    if (first?.code === "active-weeks") return t("cause.activeWeeks", activeWeeks(facts));
    if (first?.code === "responsiveness") return t("cause.needs", { component: t("component.r"), ...value("r", active.responsiveness) });
    if (first?.code === "responsiveness-high")
      return t("cause.needs", { component: t("component.r"), ...value("r", veryActive.responsiveness) });
    if (first?.code === "no-response-data") return t("cause.noMessages");
    switch (result.weakest) {
      case null:
        return t("cause.full");
      case "a":
        return t("cause.a", { share: percent(result.components.a.value ?? 0), ...weeksOnTarget(one) });
      case "b":
        return facts.daysSinceLastPost === null ? t("cause.neverPosted") : t("cause.b", { days: facts.daysSinceLastPost });
      case "r":
        if (facts.commentsOpen === false) return t("cause.commentsClosed");
        return t("cause.r", { share: percent(result.components.r.value ?? 0), missed: due - onTime, late, due });
      case "d":
        return qualityCause(one);
      case "e":
        return facts.engagement.ratio === null ? t("cause.noPosts") : t("cause.e", { ratio: ratio(facts.engagement.ratio) });
    }
  };

  return {
    t,
    locale,
    amount,
    number,
    points,
    percent,
    level,
    ratio,
    fromTo,
    list,
    day,
    days,
    backTo,
    window,
    updated,
    step,
    why,
    cap,
    cause,
  };
}

const ceil = (value: number) => Math.ceil(value - 1e-9);
const platformName = (platform: string) => platformNames[platform as Platform] ?? platform;
const activeWeeks = (facts: ScoreFacts) => ({
  weeks: facts.weeks.filter((week) => week.creditedHalves > 0).length,
  all: facts.weeks.length,
});
