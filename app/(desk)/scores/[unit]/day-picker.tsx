import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button.tsx";
import { Input } from "@/components/ui/field.tsx";
import Link from "@/components/ui/link.tsx";

type Props = { day: string; account: string | undefined; href: Route; latest: boolean };

/** Any day of the past, by a plain form. */
export function DayPicker({ day, account, href, latest }: Props) {
  const t = useTranslations("scores.card");
  return (
    <form action={href} className="day-picker">
      {account && <input type="hidden" name="account" value={account} />}
      <label htmlFor="hari">{t("chooseDay")}</label>
      <Input id="hari" type="date" name="day" defaultValue={day} key={day} />
      <Button type="submit" small>
        {t("showDay")}
      </Button>
      {latest && (
        <Link className="link text-13" href={(account ? `${href}?account=${account}` : href) as Route}>
          {t("latest")}
        </Link>
      )}
    </form>
  );
}
