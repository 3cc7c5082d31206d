import { componentKeys } from "#lib/scores/rules.ts";
import type { ComponentBar } from "../charts/component-bars.tsx";
import { type Explained, useScoreWords } from "./words.ts";

/** The five components in the reader's language; the one that leads to the next level is marked with where it needs to be. */
export function useComponentBars(one: Explained): ComponentBar[] {
  const { t, points, amount, percent, fromTo, step } = useScoreWords();
  const { next } = step(one);
  return componentKeys.map((key) => {
    const { value, weight, points: earned } = one.result.components[key];
    const aim = next?.action === "raise" && next.component === key ? next : null;
    const shares = aim && fromTo(aim.current / 10_000, aim.needed / 10_000);
    return {
      key,
      name: t(`component.${key}`),
      value,
      share: value === null ? t("noData") : (shares?.value ?? percent(value)),
      points: earned === null ? "" : points(earned),
      weight: amount(weight),
      target: aim && shares ? { value: aim.needed / 10_000, share: shares.needed } : undefined,
    };
  });
}
