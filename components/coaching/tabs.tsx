import type { Route } from "next";
import { useTranslations } from "next-intl";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";

const tabs = {
  list: "/coaching",
  accounts: "/coaching/accounts",
  training: "/coaching/training",
  exemplars: "/coaching/exemplars",
  results: "/coaching/results",
} as const;
type Tab = keyof typeof tabs;

/** The parts of coaching, side by side. */
export function CoachingTabs({ current }: { current: Tab }) {
  const t = useTranslations("coaching.tabs");
  return (
    <Segments label={t("label")} className="mb-6 flex-wrap">
      {(Object.keys(tabs) as Tab[]).map((name) => (
        <SegmentLink key={name} current={name === current} href={tabs[name] as Route}>
          {t(name)}
        </SegmentLink>
      ))}
    </Segments>
  );
}
