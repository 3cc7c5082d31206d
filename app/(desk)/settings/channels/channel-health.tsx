import { useLocale, useTranslations } from "next-intl";
import type { ChannelRow } from "#lib/channels/queries.ts";
import { healthOf } from "#lib/channels/rules.ts";
import { now } from "#lib/core/clock.ts";
import { formatInstant, isLocale, type Locale } from "#lib/core/text.ts";
import { Icon, type IconName } from "@/components/ui/icon.tsx";

const faces: Record<ReturnType<typeof healthOf>["kind"], { icon: IconName; tone: string }> = {
  healthy: { icon: "check", tone: "text-ok-text" },
  "by-hand": { icon: "user", tone: "text-ink-3" },
  unproved: { icon: "clock", tone: "text-ink-3" },
  expiring: { icon: "clock", tone: "text-warn-text" },
  trouble: { icon: "warning", tone: "text-warn-text" },
  reconnect: { icon: "alert", tone: "text-danger-text" },
};

/** One line: how the account fares, since when that is known, and what to do. `mine`: the reader can mend it himself. */
export function ChannelHealth({ channel, mine }: { channel: ChannelRow; mine: boolean }) {
  const t = useTranslations("channels.health");
  const chosen = useLocale();
  const locale = isLocale(chosen) ? chosen : "id";
  const health = healthOf(channel, now());
  const { icon, tone } = faces[health.kind];
  const when = channel.lastOkAt && whenOf(channel.lastOkAt, channel.unit.zone, locale, (time) => t("today", { time }));
  const words = () => {
    if (health.kind === "healthy") return t("healthy", { when: when ?? "" });
    if (health.kind === "reconnect") return `${t(`reconnect.${health.reason}`)} ${t(mine ? "mend" : "ask")}`;
    if (health.kind === "expiring")
      return `${t(`expiring.${health.within}`, { time: formatInstant(health.at, channel.unit.zone, locale, "long") })} ${t(mine ? "mend" : "ask")}`;
    if (health.kind === "trouble") return `${t(`trouble.${health.cause}`)} ${when ? t("lastProved", { when }) : ""}`;
    return t(health.kind);
  };
  return (
    <span className={`grid grid-cols-[16px_minmax(0,1fr)] gap-2 text-13 ${tone}`}>
      <Icon name={icon} className="mt-0.5" />
      <span className={health.kind === "healthy" ? "text-ink-2" : undefined}>{words()}</span>
    </span>
  );
}

function whenOf(at: Date, zone: string, locale: Locale, today: (time: string) => string) {
  const day = (instant: Date) => formatInstant(instant, zone, locale, "date");
  return day(at) === day(now()) ? today(formatInstant(at, zone, locale, "time")) : formatInstant(at, zone, locale, "long");
}
