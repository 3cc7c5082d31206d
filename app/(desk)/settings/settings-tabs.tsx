import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { may, type Permission } from "#lib/core/access.ts";
import { currentActor } from "#lib/core/session.ts";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";

const pages = {
  approvals: "approval.manage",
  hours: "hours.manage",
  inbox: "approval.manage",
  letterhead: "approval.manage",
  score: "score.set",
} as const satisfies Record<string, Permission>;
type Name = keyof typeof pages;

/** The settings of a unit, side by side, as far as the reader may change them. */
export async function SettingsTabs({ current }: { current: Name }) {
  const [t, actor] = await Promise.all([getTranslations("shell.nav"), currentActor()]);
  const open = (Object.keys(pages) as Name[]).filter((name) => actor && may(actor, pages[name]));
  return (
    <Segments label={t("settings")} className="mb-5 flex-wrap">
      {open.map((name) => (
        <SegmentLink key={name} current={name === current} href={`/settings/${name}` as Route}>
          {t(name === "inbox" ? "inboxSettings" : name === "score" ? "scores" : name)}
        </SegmentLink>
      ))}
    </Segments>
  );
}
