import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

export type ComponentBar = {
  key: string;
  name: string;
  /** 0 to 1; null when the data is not available. */
  value: number | null;
  /** Value in words ("71%"), points and weight ("21,4", "30"), already written in the reader's language. */
  share: string;
  points: string;
  weight: string;
  why?: ReactNode;
  /** The component that holds the score back, and where it needs to be. */
  target?: { value: number; share: string };
};

function Bar({ bar }: { bar: ComponentBar }) {
  const t = useTranslations("ui.component");
  const label =
    bar.value === null
      ? t("missing")
      : bar.target
        ? t("shareOfTarget", { share: bar.share, target: bar.target.share })
        : t("share", { share: bar.share });
  return (
    <span className={`bar ${bar.value === null ? "bar-missing" : bar.target ? "bar-weak" : ""}`} role="img" aria-label={label}>
      {bar.value !== null && <i style={{ width: `${bar.value * 100}%` }} />}
      {bar.target && <u style={{ left: `${bar.target.value * 100}%` }} />}
    </span>
  );
}

/** The components of a score with points, weight and the reason in words. */
export function ComponentBars({ bars }: { bars: ComponentBar[] }) {
  const t = useTranslations("ui.component");
  return (
    <ul className="components">
      {bars.map((bar) => (
        <li key={bar.key}>
          <b>{bar.name}</b>
          <Bar bar={bar} />
          <span className="points">
            {bar.value === null ? <small>{t("missing")}</small> : bar.points}{" "}
            {bar.value !== null && <small>{t("outOf", { weight: bar.weight })}</small>}
          </span>
          {bar.why && <span className="why">{bar.why}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The same in three narrow columns, for a side rail. */
export function ComponentBarsSmall({ bars }: { bars: Pick<ComponentBar, "key" | "name" | "value" | "share" | "target">[] }) {
  return (
    <ul className="components-small">
      {bars.map((bar) => (
        <li key={bar.key}>
          <span className={bar.target && "weak"}>{bar.name}</span>
          <Bar bar={{ ...bar, points: "", weight: "" }} />
          <span className={`points ${bar.target ? "weak" : ""}`}>{bar.share}</span>
        </li>
      ))}
    </ul>
  );
}
