import { useLocale } from "next-intl";
import { formatInstant, type InstantStyle, isLocale } from "#lib/core/text.ts";

/** An instant on the clock of the unit it belongs to, its zone printed. */
export function Time({ at, zone, style = "full" }: { at: Date; zone: string; style?: InstantStyle }) {
  const locale = useLocale();
  return <time dateTime={at.toISOString()}>{formatInstant(at, zone, isLocale(locale) ? locale : "id", style)}</time>;
}
