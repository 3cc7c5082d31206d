import { getTranslations } from "next-intl/server";
import { now } from "#lib/core/clock.ts";
import { route } from "#lib/core/doors.ts";
import { maskedParts } from "#lib/core/text.ts";
import { tableFile } from "#lib/inbox/table-file.ts";
import { periodOf } from "#lib/inbox/topics/period-rules.ts";
import { aspirationsOf } from "#lib/inbox/topics/week-figures.ts";
import { localDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { readTopicsAddress, readWeeks } from "../../address.ts";

/** The digest as a file for a spreadsheet: a line for each sentence, the counts of its topic in the first. */
export const GET = route("inbox.read", async (request, { actor }) => {
  const [unit, t, masked] = await Promise.all([currentUnit(actor), getTranslations("topics"), getTranslations("ui.masked")]);
  const zone = zoneOf(unit.zone);
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const { week } = readTopicsAddress(search, zone, now());
  const period = periodOf(week, Number(readWeeks(search)), zone, now());
  const found = await aspirationsOf(actor, unit, period);
  const [from, to] = [localDay(period.from, zone), localDay(new Date(Math.max(period.from.getTime(), period.to.getTime() - 1)), zone)];
  const plain = (text: string) =>
    maskedParts(text)
      .map((part) => (part.masked === null ? part.text : `[${masked(part.masked)}]`))
      .join("");
  const names = ["aspirationCount", "feedbackCount", "answeredCount", "quote", "times", "answeredCount"] as const;
  const file = tableFile([
    [t("aspirations.title"), unit.shortName, from, to],
    [t("column.topic"), ...names.map((name) => t(`aspirations.${name}`))],
    ...found.flatMap(({ topic, aspirations, feedback, answered, sentences }) => {
      const name = topic ? t(`name.${topic}`) : t("unsorted");
      const [first, ...others] = sentences.map((one) => [plain(one.excerpt), one.said, one.answered]);
      return [
        [name, aspirations, feedback, answered, ...(first ?? [t("aspirations.delicate")])],
        ...others.map((one) => [name, "", "", "", ...one]),
      ];
    }),
  ]);
  return new Response(file, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="aspirasi-${from}-${to}.csv"`,
      "cache-control": "no-store",
    },
  });
});
