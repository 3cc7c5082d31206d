import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { Locale } from "#lib/core/text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Icon } from "../ui/icon.tsx";
import { LocaleSwitch } from "./locale-switch.tsx";
import type { NavEntry } from "./nav.tsx";
import { NavLink } from "./nav-link.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

export type ShellPerson = { name: string; role: string };

type ChoicesProps = { beyond: NavEntry[]; locale: Locale; account?: Route; logOut: () => Promise<void> };

/** What the navigation has no room for, language, the own account, the way out; `withTheme` where no theme button stands beside it. */
export function Choices({ beyond, locale, account, logOut, withTheme = false }: ChoicesProps & { withTheme?: boolean }) {
  const t = useTranslations("shell");
  return (
    <div className="menu-part">
      <div className="menu-line needs-script">
        {t("language")}
        <LocaleSwitch locale={locale} label={t("language")} />
      </div>
      {withTheme && (
        <div className="menu-line needs-script">
          {t("themeWord")}
          <ThemeToggle label={t("theme")}>
            <Icon name="contrast" />
          </ThemeToggle>
        </div>
      )}
      {beyond.map(({ href, icon, label }) => (
        <NavLink key={href} href={href} className="menu-item">
          <Icon name={icon} />
          {label}
        </NavLink>
      ))}
      {account && (
        <NavLink href={account} className="menu-item">
          <Icon name="user" />
          {t("account")}
        </NavLink>
      )}
      <form action={logOut}>
        <button type="submit" className="menu-item">
          <Icon name="logOut" />
          {t("logOut")}
        </button>
      </form>
    </div>
  );
}

export const PersonLines = ({ person }: { person: ShellPerson }) => (
  <>
    <Avatar name={person.name} />
    <span className="two-lines">
      <b>{person.name}</b>
      <small>{person.role}</small>
    </span>
  </>
);

/** Who is logged in, at the foot of the sidebar. */
export function PersonMenu({ person, ...choices }: ChoicesProps & { person: ShellPerson }) {
  const t = useTranslations("shell");
  return (
    <div className="person">
      <button type="button" className="person-button" popoverTarget="person" title={t("person", { name: person.name })}>
        <PersonLines person={person} />
      </button>
      <ThemeToggle label={t("theme")}>
        <Icon name="contrast" />
      </ThemeToggle>
      <div id="person" popover="auto" className="pop pop-person">
        <Choices {...choices} />
      </div>
    </div>
  );
}
