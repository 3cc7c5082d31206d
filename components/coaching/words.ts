import { useLocale, useTranslations } from "next-intl";
import type { Cause, Evidence } from "#lib/coaching/causes/cause-rules.ts";
import { formatInstant, formatNumber, type InstantStyle, isLocale } from "#lib/core/text.ts";

/** How days, scores and the evidence of a surmise are written. Needs the namespace "coaching". */
export function useCoachingWords() {
  const t = useTranslations("coaching");
  const given = useLocale();
  const locale = isLocale(given) ? given : "id";
  /** A local day; it has no clock and so no zone. */
  const day = (which: string, style: InstantStyle = "date") => formatInstant(new Date(`${which}T12:00:00Z`), "UTC", locale, style);
  const instant = (at: Date | string, zone: string, style: InstantStyle = "date") => formatInstant(new Date(at), zone, locale, style);
  const points = (score: number) => formatNumber(score, locale, 1);
  const amount = (count: number) => formatNumber(count, locale, Number.isInteger(count) ? 0 : 1);

  /** What a surmise rests on, in a sentence. Null where nothing is told beyond the cause. */
  const evidence = (cause: Cause, found: Evidence): string | null => {
    const dayOf = (name: string) => (typeof found[name] === "string" ? day(found[name]) : null);
    const [ended, left, login, post] = [dayOf("endedOn"), dayOf("leftOn"), dayOf("lastLoginOn"), dayOf("lastPostOn")];
    if (cause === "not_connected") return t("cause.evidence.not_connected");
    if (cause === "access_lost" && found.refused) return t("cause.evidence.refused", { reason: String(found.refused) });
    if (cause === "access_lost" && ended) return t("cause.evidence.ended", { day: ended });
    if (cause === "transferred" && left) return t("cause.evidence.left", { day: left });
    if (cause === "no_operator" && found.admins === 0) return t("cause.evidence.nobody");
    if (cause === "no_operator" && "lastLoginOn" in found)
      return login ? t("cause.evidence.lastCame", { day: login }) : t("cause.evidence.neverCame");
    if (cause === "idle" && login) return post ? t("cause.evidence.idle", { login, post }) : t("cause.evidence.idleNever", { login });
    return null;
  };
  return { t, locale, day, instant, points, amount, evidence };
}
