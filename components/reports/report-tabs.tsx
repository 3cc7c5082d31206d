import type { Route } from "next";
import { useTranslations } from "next-intl";
import { SegmentLink, Segments } from "../ui/segments.tsx";

const tabs = ["reports", "runs", "schedules"] as const;

/** Single reports, many at once, and those of every month, side by side for those who make them. */
export function ReportTabs({ current }: { current: (typeof tabs)[number] }) {
  const t = useTranslations("reports.tabs");
  return (
    <Segments label={t("label")} className="mb-5">
      {tabs.map((name) => (
        <SegmentLink key={name} current={name === current} href={(name === "reports" ? "/reports" : `/reports/${name}`) as Route}>
          {t(name)}
        </SegmentLink>
      ))}
    </Segments>
  );
}
