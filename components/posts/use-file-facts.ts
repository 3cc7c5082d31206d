import { useLocale, useTranslations } from "next-intl";

type File = { width: number; height: number; bytes: number; durationMs?: number | null };

/** A file's size in pixels, its length and its weight, in the reader's language. Needs the namespace "media". */
export function useFileFacts() {
  const t = useTranslations("media");
  const locale = useLocale();
  const weight = (bytes: number) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: bytes < 1_000_000 ? "kilobyte" : "megabyte",
      maximumFractionDigits: bytes < 1_000_000 ? 0 : 1,
    }).format(bytes < 1_000_000 ? bytes / 1_000 : bytes / 1_000_000);
  return ({ width, height, bytes, durationMs }: File) =>
    [
      `${width} × ${height}`,
      durationMs ? t("length", { minutes: minutesOf(durationMs), seconds: secondsOf(durationMs) }) : null,
      weight(bytes),
    ]
      .filter(Boolean)
      .join(", ");
}

const rounded = (ms: number) => Math.max(1, Math.round(ms / 1000));
const minutesOf = (ms: number) => Math.floor(rounded(ms) / 60);
const secondsOf = (ms: number) => String(rounded(ms) % 60).padStart(2, "0");
