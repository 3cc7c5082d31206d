import { useLocale, useTranslations } from "next-intl";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import type { Unread } from "#lib/inbox/intake/unread.ts";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Section } from "@/components/ui/section.tsx";
import { UnreadButtons } from "./unread-buttons.tsx";

/** What platforms told us and nobody could read, each to be read again or let go. */
export function UnreadList({ rows }: { rows: Unread[] }) {
  const t = useTranslations("operations.unread");
  const locale = useLocale();
  const time = (at: Date, zone: string) => formatInstant(at, zone, isLocale(locale) ? locale : "id", "short");
  return (
    <Section id="tidak-terbaca" title={t("heading")}>
      <p className="text-13 text-ink-2 max-w-[70ch]">{t("about")}</p>
      <ul className="grid gap-3 mt-3">
        {rows.map((row) => (
          <li key={row.id} className="panel p-4 flex flex-wrap items-center justify-between gap-3">
            <p className="meta">
              <PlatformMark platform={row.platform} />
              <span>{row.handle}</span>
              <span>{row.unit}</span>
              <span>{t("received", { time: time(row.receivedAt, row.zone) })}</span>
              {row.problem && <span>{t("code", { code: row.problem })}</span>}
            </p>
            <UnreadButtons deliveryId={row.id} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
