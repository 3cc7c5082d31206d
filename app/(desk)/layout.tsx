import type { Route } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { countMyCases } from "#lib/coaching/queries.ts";
import { type Actor, may } from "#lib/core/access.ts";
import { env } from "#lib/core/env.ts";
import { readLocale } from "#lib/core/i18n.ts";
import type { Role } from "#lib/core/roles.ts";
import { currentActor } from "#lib/core/session.ts";
import { countCases } from "#lib/inbox/lists/lists.ts";
import { countUnread } from "#lib/notices/queries.ts";
import { chooseUnitAction, logoutAction } from "#lib/people/actions.ts";
import { countForReview } from "#lib/posts/queries.ts";
import { currentUnit, isGovernment, type UnitCard, unitsOf } from "#lib/units/queries.ts";
import { PauseBanner } from "@/components/delivery/pause-banner.tsx";
import { AppShell } from "@/components/shell/app-shell.tsx";
import type { NavEntry } from "@/components/shell/nav.tsx";

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (!actor) redirect("/login");
  const [unit, units, locale, unread] = await Promise.all([currentUnit(actor), unitsOf(actor), readLocale(), countUnread(actor)]);
  const [nav, people] = await Promise.all([navigation(actor, unit), getTranslations("people")]);
  return (
    <AppShell
      nav={nav.slice(0, MOST_ENTRIES)}
      beyond={nav.slice(MOST_ENTRIES)}
      unit={shellUnit(unit)}
      units={units.map(shellUnit)}
      person={{ name: actor.name, role: people(`role.${leadingRole(actor, unit)}`) }}
      unread={unread}
      simulated={env().DEMO !== "0"}
      locale={locale}
      chooseUnit={chooseUnitAction}
      logOut={logoutAction}
    >
      <PauseBanner actor={actor} unit={unit} />
      {children}
    </AppShell>
  );
}

const shellUnit = (unit: UnitCard) => ({ id: unit.id, name: unit.shortName, place: isGovernment(unit) ? unit.name : unit.government.name });

const order: Role[] = ["head", "supervisor", "admin", "verifier", "analyst", "system_admin", "auditor"];
const leadingRole = (actor: Actor, unit: UnitCard) =>
  order.find((role) => actor.authorities.some((a) => a.role === role && a.unitId === unit.id)) ?? "auditor";

type Words = Awaited<ReturnType<typeof getTranslations<"shell.nav">>>;
type MakeEntry = (href: Route, icon: NavEntry["icon"], label: string, more?: Partial<NavEntry>) => NavEntry;

/** A unit looks at its own report card first, a government at the leaderboard. */
const scoreEntry = (unit: UnitCard, entry: MakeEntry, t: Words) =>
  unit.scoreClass
    ? entry(`/scores/${encodeURIComponent(unit.code)}` as Route, "bars", t("scores"), { tab: true })
    : entry("/scores", "bars", t("leaderboard"), { short: t("scores"), tab: true });

/** Who coaches or watches it, and whoever was given a case. */
const seesCoaching = (actor: Actor, mine: number) =>
  mine > 0 || actor.authorities.some(({ role }) => role === "supervisor" || role === "head" || role === "analyst");

const settingsEntry = (actor: Actor, entry: MakeEntry, t: Words) => {
  const first = may(actor, "approval.manage") ? "approvals" : may(actor, "score.set") ? "score" : null;
  return first ? [entry(`/settings/${first}` as Route, "settings", t("settings"))] : [];
};

const watchesDelivery = (actor: Actor) => actor.authorities.some(({ role }) => role === "supervisor" || role === "system_admin");

const MOST_ENTRIES = 7;

/** What a person can do comes first; seven stand in the navigation, four on the phone's bar, the others under the person's name. */
async function navigation(actor: Actor, unit: UnitCard): Promise<NavEntry[]> {
  const t = await getTranslations("shell.nav");
  const [cases, reviews, coached] = await Promise.all([
    may(actor, "inbox.read") ? countCases(actor, unit) : null,
    countForReview(actor),
    may(actor, "coaching.read") ? countMyCases(actor) : 0,
  ]);
  const entry: MakeEntry = (href, icon, label, more = {}) => ({
    href,
    icon,
    label,
    ...more,
  });
  const writes = may(actor, "post.write");
  // A supervisor or head is asked only where a unit's steps name him.
  const reviewsPosts = actor.authorities.some(({ role }) => role === "verifier") || reviews > 0;
  return [
    entry("/", "home", t("today"), { tab: true }),
    ...(writes ? [entry("/posts/new", "pencil", t("write"), { tab: true })] : []),
    ...(reviewsPosts ? [entry("/review", "stamp", t("review"), { count: reviews, tab: !writes })] : []),
    ...(may(actor, "post.read") ? [entry("/calendar" as Route, "calendar", t("calendar"))] : []),
    ...(cases ? [entry("/inbox", "inbox", t("inbox"), { count: cases.open, tab: true })] : []),
    ...(may(actor, "score.read") ? [scoreEntry(unit, entry, t)] : []),
    ...(may(actor, "report.make") ? [entry("/reports" as Route, "report", t("reports"))] : []),
    ...(seesCoaching(actor, coached) ? [entry("/coaching" as Route, "lifebuoy", t("coaching"), { count: coached })] : []),
    ...(may(actor, "person.manage") ? [entry("/settings/people", "users", t("people"))] : []),
    ...(may(actor, "channel.read") ? [entry("/settings/channels", "link", t("channels"))] : []),
    ...settingsEntry(actor, entry, t),
    ...(watchesDelivery(actor) ? [entry("/operations", "send", t("operations"))] : []),
    ...(may(actor, "post.read") ? [entry("/posts", "post", t("posts"))] : []),
    ...(writes ? [entry("/media" as Route, "image", t("media"))] : []),
  ];
}
