import type { Route } from "next";
import { useTranslations } from "next-intl";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";

const pages = ["approvals", "hours", "inbox", "letterhead"] as const;

/** The settings of a unit, side by side: whoever may change one may change the others. */
export function SettingsTabs({ current }: { current: (typeof pages)[number] }) {
  const t = useTranslations("shell.nav");
  return (
    <Segments label={t("settings")} className="mb-5">
      {pages.map((name) => (
        <SegmentLink key={name} current={name === current} href={`/settings/${name}` as Route}>
          {t(name === "inbox" ? "inboxSettings" : name)}
        </SegmentLink>
      ))}
    </Segments>
  );
}
