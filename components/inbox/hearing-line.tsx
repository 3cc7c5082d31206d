import { useLocale, useTranslations } from "next-intl";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import type { Hearing } from "#lib/inbox/intake/hearing-queries.ts";

/** When an account was last proven to receive, and what is wrong with it. */
export function HearingLine({ provedAt, missedAt, deafSince, zone }: Pick<Hearing, "provedAt" | "missedAt" | "deafSince" | "zone">) {
  const t = useTranslations("roster.hearing");
  const locale = useLocale();
  const print = (at: Date) => formatInstant(at, zone, isLocale(locale) ? locale : "id", "long");
  return (
    <>
      <span className="text-ink-3">{provedAt ? t("last", { at: print(provedAt) }) : t("never")}</span>
      {deafSince && <strong className="block text-danger-text">{t("deaf", { at: print(deafSince) })}</strong>}
      {missedAt && !deafSince && <span className="block text-warn-text">{t("missed", { at: print(missedAt) })}</span>}
    </>
  );
}
