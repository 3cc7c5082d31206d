import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Locale } from "#lib/core/text.ts";
import { Brand } from "../brand.tsx";
import { Icon } from "../ui/icon.tsx";
import { Toaster } from "../ui/toast.tsx";
import { Bell } from "./bell.tsx";
import { MoreSheet } from "./more-sheet.tsx";
import { Nav, type NavEntry, TabBar } from "./nav.tsx";
import { Choices, PersonLines, PersonMenu, type ShellPerson } from "./person-menu.tsx";
import { SearchLink } from "./search-link.tsx";
import { SimulatedBox, SimulatedLine } from "./simulated.tsx";
import { type ShellUnit, UnitList, UnitSwitcher } from "./unit-switcher.tsx";
import { UnreadProvider } from "./unread.tsx";

type Props = {
  /** By role, at most seven; four at most with `tab`. */
  nav: NavEntry[];
  /** What has no place among them: under the person's name. */
  beyond: NavEntry[];
  unit: ShellUnit;
  units: ShellUnit[];
  person: ShellPerson;
  /** Notices that the person has not read. */
  unread: number;
  simulated: boolean;
  locale: Locale;
  search?: Route;
  account?: Route;
  /** Receives the field `unit`, the id of the chosen one. */
  chooseUnit: (form: FormData) => Promise<void>;
  logOut: () => Promise<void>;
  children: ReactNode;
};

/** Everything around a signed-in page. The page brings its own PageHeader and Page. */
export function AppShell({
  nav,
  beyond,
  unit,
  units,
  person,
  unread,
  simulated,
  locale,
  search,
  account,
  chooseUnit,
  logOut,
  children,
}: Props) {
  const t = useTranslations("shell");
  const ui = useTranslations("ui");
  const rest = nav.filter((entry) => !entry.tab);
  const choices = { beyond, locale, account, logOut };
  return (
    <UnreadProvider initial={unread}>
      <div className="shell">
        <a className="skip-link" href="#isi">
          {t("skip")}
        </a>
        <aside className="side" aria-label={t("side")}>
          <div className="side-top">
            <Brand />
            <Bell />
          </div>
          <UnitSwitcher unit={unit} units={units} choose={chooseUnit} />
          {search && (
            <SearchLink href={search}>
              <Icon name="search" />
              {t("search")} <kbd>Ctrl K</kbd>
            </SearchLink>
          )}
          <Nav entries={nav} label={t("mainNav")} />
          <div className="side-end">
            {simulated && <SimulatedBox />}
            <PersonMenu person={person} {...choices} />
          </div>
        </aside>
        <div className="main">
          {children}
          {simulated && <SimulatedLine />}
        </div>
        <TabBar entries={nav.filter((entry) => entry.tab)} more="lainnya" />
        <MoreSheet key={unit.id} id="lainnya" label={t("more")}>
          <div className="menu-part flex items-center gap-2 px-2">
            <PersonLines person={person} />
          </div>
          <div className="menu-part">
            <Bell wide />
            <Nav entries={search ? [...rest, { href: search, icon: "search", label: t("search") }] : rest} label={t("more")} />
          </div>
          {units.length > 1 && <UnitList unit={unit} units={units} choose={chooseUnit} />}
          <Choices {...choices} withTheme />
        </MoreSheet>
        <Toaster label={ui("notices")} undoLabel={ui("undo")} />
      </div>
    </UnreadProvider>
  );
}
