import { dayOf } from "../period.ts";

type Named = { unit: { shortName: string }; fromDay: Date; toDay: Date; version: number };

/** "laporan-kab-tegal-2026-10-01-2026-10-31-v2": signs that any file system takes. */
export function fileName({ unit, fromDay, toDay, version }: Named): string {
  const name = unit.shortName
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return ["laporan", name, dayOf(fromDay), dayOf(toDay), ...(version > 1 ? [`v${version}`] : [])].join("-");
}
