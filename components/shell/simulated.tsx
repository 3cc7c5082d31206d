import { useTranslations } from "next-intl";
import { Icon } from "../ui/icon.tsx";

/** Simulated data says so: a box in the sidebar, and a line at the page's foot on phones and on paper. */
export function SimulatedBox() {
  const t = useTranslations("shell");
  return (
    <p className="simulated">
      <Icon name="alert" />
      <span>{t("simulated")}</span>
    </p>
  );
}

export function SimulatedLine() {
  const t = useTranslations("shell");
  return <footer className="simulated-line">{t("simulated")}</footer>;
}
