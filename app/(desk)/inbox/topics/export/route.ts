import { getTranslations } from "next-intl/server";
import { now } from "#lib/core/clock.ts";
import { route } from "#lib/core/doors.ts";
import { tableFile } from "#lib/inbox/table-file.ts";
import { periodOf } from "#lib/inbox/topics/period-rules.ts";
import { topicFigures } from "#lib/inbox/topics/week-figures.ts";
import { zoneOf } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { readTopicsAddress } from "../address.ts";

/** A week's figures as a file for a spreadsheet: by topic and kind, by place and by unit. */
export const GET = route("inbox.read", async (request, { actor }) => {
  const [unit, t, kind] = await Promise.all([currentUnit(actor), getTranslations("topics"), getTranslations("inbox.kind")]);
  const zone = zoneOf(unit.zone);
  const at = now();
  const { week } = readTopicsAddress(Object.fromEntries(new URL(request.url).searchParams), zone, at);
  const { topics, places, units } = await topicFigures(actor, unit, periodOf(week, 1, zone, at));
  const figures = [t("column.now"), t("column.before")];
  const file = tableFile([
    [t("week.label"), week],
    [t("column.topic"), t("column.kind"), ...figures],
    ...topics.flatMap(({ topic, kinds }) =>
      kinds.map((row) => [topic ? t(`name.${topic}`) : t("unsorted"), kind(row.kind), row.now, row.before]),
    ),
    [],
    [t("column.place"), "", ...figures],
    ...places.map((row) => [row.place === null ? t("noPlace") : (row.name ?? row.place), "", row.now, row.before]),
    [],
    [t("column.unit"), "", ...figures],
    ...units.map((row) => [row.shortName, "", row.now, row.before]),
  ]);
  return new Response(file, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="topik-${week}.csv"`,
      "cache-control": "no-store",
    },
  });
});
