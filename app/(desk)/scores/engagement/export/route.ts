import { getTranslations } from "next-intl/server";
import { now } from "#lib/core/clock.ts";
import { route } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { tableFile } from "#lib/inbox/table-file.ts";
import { findEngagement } from "#lib/scores/engagement/finding.ts";
import { analysedPlace } from "#lib/scores/engagement/places.ts";
import { periodsOf } from "#lib/scores/engagement/rules.ts";
import { type Cell, engagementTables, tableNames } from "#lib/scores/engagement/tables.ts";
import { addDays, localDay, type Zone, zoneLabel } from "#lib/units/calendar.ts";
import { fieldOfInstant } from "#lib/units/local-time.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { platformNames } from "@/components/posts/platform-names.ts";
import { readAddress } from "../address.ts";
import { workbookOf } from "./workbook.ts";

const mostPosts = 10_000;
const aMonday = "1970-01-05";

/** What the page shows as a workbook, or one of its tables as CSV; of the posts the first 10,000 in the order of the page. */
export const GET = route("score.read", async (request, { actor }) => {
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const address = readAddress(search);
  const [t, pillars, locale, unit] = await Promise.all([
    getTranslations("engagement"),
    getTranslations("posts.composer.pillars"),
    readLocale(),
    currentUnit(actor),
  ]);
  const place = await analysedPlace(actor, address.of ?? unit.code);
  if (!place) throw new Refusal("not-found");
  const { zone } = place.place;
  const periods = periodsOf(address, localDay(now(), zone));
  const filter = { place: place.place, periods, platform: address.platform, pillar: address.pillar };
  const found = await findEngagement(actor, filter, address.sort, mostPosts);
  const weekdays = new Intl.DateTimeFormat(locale === "id" ? "id-ID" : "en-GB", { weekday: "long", timeZone: "UTC" });
  const columns: Record<string, string> = {
    day: t("day"),
    followers: t("followers.column"),
    published: t("column.published", { zone: zoneLabel(zone) }),
  };
  const tables = engagementTables(
    { periods, ...found },
    {
      column: (name) => columns[name] ?? t(`column.${name as "unit"}`),
      figure: (name) => t(`figure.${name as "posts"}`),
      platform: (name) => platformNames[name as "x"],
      pillar: (name) => pillars(name as "layanan"),
      category: (name) => t(`category.${name as "other"}`),
      weekday: (weekday) => weekdays.format(new Date(`${addDays(aMonday, weekday - 1)}T12:00:00Z`)),
    },
  );
  const one = tableNames.find((name) => name === search.table);
  const file = `${place.code}-${one ?? "analitik"}-${periods.now.from}-${periods.now.to}`.replace(/[^\w.-]+/g, "-");
  if (one) {
    const { headings, rows } = tables.find(({ name }) => name === one)!;
    const lines = [headings, ...rows.map((row) => row.map((cell) => plain(cell, zone)))];
    return download(tableFile(lines), `${file}.csv`, "text/csv; charset=utf-8");
  }
  const titled = tables.map((table) => ({ ...table, title: t(`section.${table.name}`) }));
  const body = new Uint8Array(await workbookOf(titled, zone));
  return download(body, `${file}.xlsx`, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
});

const plain = (cell: Cell, zone: Zone): string | number =>
  cell === null ? "" : cell instanceof Date ? fieldOfInstant(cell.toISOString(), zone).replace("T", " ") : cell;

const download = (body: BodyInit, name: string, type: string) =>
  new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });
