import { useLocale, useTranslations } from "next-intl";
import { cut, isLocale } from "#lib/core/text.ts";
import type { BestHours } from "#lib/posts/best-hours.ts";
import type { CalendarChannel } from "#lib/posts/calendar.ts";
import type { Clash, Gap } from "#lib/posts/calendar-rules.ts";
import { addDays } from "#lib/units/calendar.ts";
import { hourName, weekdayName } from "@/components/calendar/words.ts";
import { platformNames } from "@/components/posts/platform-names.ts";
import { Icon } from "@/components/ui/icon.tsx";

/** So many of each kind; the others are counted. */
export const shownAtOnce = 3;
/** Two titles stand in one line. */
const longestTitle = 40;
const aMonday = "1970-01-05";

const short = (title: string) => (title.length > longestTitle ? `${cut(title, longestTitle).trimEnd()}…` : title);

type Props = {
  clashes: Clash[];
  gaps: Gap[];
  best: { channel: CalendarChannel; hours: BestHours } | null;
  channels: CalendarChannel[];
  titles: Map<string, string>;
};

/** What the week lacks, where posts crowd, and when the account's readers are there: a quiet strip above it. */
export function Insights({ clashes, gaps, best, channels, titles }: Props) {
  const t = useTranslations("calendar");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const accountOf = (id: string) => {
    const channel = channels.find((each) => each.id === id);
    return channel ? `${platformNames[channel.platform]} ${channel.handle}` : t("otherAccount");
  };
  const list = new Intl.ListFormat(locale === "id" ? "id-ID" : "en-GB");
  const titleOf = (id: string) => short(titles.get(id) ?? "") || t("untitled");
  const clashLine = (clash: Clash) =>
    clash.code === "too-close"
      ? t("clash.tooClose", {
          first: titleOf(clash.postIds[0]),
          second: titleOf(clash.postIds[1]),
          account: accountOf(clash.channelId),
          minutes: clash.minutes,
        })
      : t("clash.tooMany", {
          account: accountOf(clash.channelId),
          day: weekdayName(clash.day, locale),
          count: clash.postIds.length,
          limit: clash.limit,
        });
  const gapLine = (gap: Gap) =>
    t(gap.emptyDays.length ? "gap.days" : "gap.none", {
      account: accountOf(gap.channelId),
      planned: gap.planned,
      target: gap.target,
      days: list.format(gap.emptyDays.map((day) => weekdayName(day, locale))),
    });
  const lines = [
    ...clashes.slice(0, shownAtOnce).map((clash) => ({ icon: "warning" as const, text: clashLine(clash) })),
    ...gaps.slice(0, shownAtOnce).map((gap) => ({ icon: "calendar" as const, text: gapLine(gap) })),
    ...(best ? [{ icon: "clock" as const, text: bestLine() }] : []),
  ];
  function bestLine() {
    if (!best) return "";
    const account = accountOf(best.channel.id);
    if (best.hours.state === "not-enough-data") return t("best.few", { account, posts: best.hours.posts, needed: best.hours.needed });
    if (!best.hours.hours.length) return t("best.even", { account });
    const hours = best.hours.hours.slice(0, shownAtOnce);
    const times = hours.map(({ weekday, hour }) => `${weekdayName(addDays(aMonday, weekday - 1), locale)} ${hourName(hour, locale)}`);
    return t("best.hours", { account, times: list.format(times) });
  }
  const hidden = Math.max(0, clashes.length - shownAtOnce) + Math.max(0, gaps.length - shownAtOnce);
  if (!lines.length) return null;
  return (
    <ul className="cal-insights" aria-label={t("insights")}>
      {lines.map(({ icon, text }) => (
        <li key={text}>
          <Icon name={icon} />
          <span>{text}</span>
        </li>
      ))}
      {hidden > 0 && <li>{t("moreInsights", { count: hidden })}</li>}
    </ul>
  );
}
