import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Icon } from "../ui/icon.tsx";
import { NavLink } from "./nav-link.tsx";
import { UnreadCount } from "./unread.tsx";

/** The way to the notices, with how many are unread; `wide`: as an entry of a list, its word beside the icon. */
export function Bell({ wide = false }: { wide?: boolean }) {
  const t = useTranslations("notices");
  return (
    <NavLink href={"/notices" as Route} className={wide ? "nav-link" : "bell"}>
      <Icon name="bell" size={18} />
      <span className={wide ? undefined : "sr-only"}>{t("title")}</span>
      <UnreadCount word={t("unreadWord")} />
    </NavLink>
  );
}
