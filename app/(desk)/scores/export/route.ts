import { getLocale, getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { route } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { type SheetCell, sheetFile } from "#lib/core/sheet-file.ts";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import { tableFile } from "#lib/inbox/table-file.ts";
import type { GovernmentRow } from "#lib/scores/boards/governments.ts";
import { changeOf, places } from "#lib/scores/boards/ranking.ts";
import { activeOf } from "#lib/scores/boards/tallies.ts";
import { settingsOfUnit } from "#lib/scores/settings-in-force.ts";
import { type BoardAddress, readBoardAddress } from "@/components/scores/board-address.ts";
import { scoreWords } from "@/components/scores/words.ts";
import { levels } from "@/components/ui/level.tsx";
import { type BoardView, boardView, governmentRows, unitRows } from "../view.ts";

type Table = { head: string[]; rows: SheetCell[][] };

/** The rows that a board shows with its filters, as a file for a spreadsheet, with the day they were true. */
export const GET = route("score.read", async (request, { actor }) => {
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const address = readBoardAddress(search);
  const view = await boardView(actor, address);
  if (!view?.run) throw new Refusal("not-found");
  const words = await wordsOf();
  const { t, locale, day } = words;
  const table = view.acrossGovernments ? await governmentTable(actor, view, address, words) : await unitTable(actor, view, address, words);
  const settings = await settingsOfUnit(view.region.id, view.day);
  const chosen = [
    address.class && t("board.class", { class: address.class }),
    address.level && words.level(address.level),
    address.tier && t(`tier.${address.tier}`),
    address.q,
  ];
  const about: SheetCell[][] = [
    [t("board.title"), view.region.name, t(`group.${address.group}`)],
    [t("file.asOf"), day(view.day)],
    [t("file.computed"), formatInstant(view.run.at, view.region.zone, locale, "long")],
    [t("file.settings"), settings.settings.version, settings.since && day(settings.since)],
    ...(chosen.some(Boolean) ? [[t("file.filters"), chosen.filter(Boolean).join(", ")]] : []),
  ];
  const name = `${t("file.name")}-${view.region.code}-${view.day}`;
  return search.format === "xlsx"
    ? asFile(
        await sheetFile(t("board.title"), about, table.head, table.rows),
        `${name}.xlsx`,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      )
    : asFile(
        tableFile([...about, [], table.head, ...table.rows].map((line) => line.map((cell) => cell ?? ""))),
        `${name}.csv`,
        "text/csv; charset=utf-8",
      );
});

const asFile = (body: string | Buffer, name: string, type: string) =>
  new Response(typeof body === "string" ? body : new Uint8Array(body), {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
  });

async function wordsOf() {
  const [t, levelName, locale] = await Promise.all([getTranslations("scores"), getTranslations("ui.level"), getLocale()]);
  return scoreWords(t, levelName, isLocale(locale) ? locale : "id");
}

type Words = Awaited<ReturnType<typeof wordsOf>>;

async function unitTable(actor: Actor, view: BoardView, address: BoardAddress, { t, level, cause }: Words): Promise<Table> {
  const { rows, shown } = await unitRows(actor, view, address);
  const place = places(rows);
  const columns = ["place", "code", "unit", "class", "level", "score", "weekChange", "monthChange", "cause", "excluded"] as const;
  return {
    head: columns.map((name) => t(`file.${name}`)),
    rows: shown.map((row) => [
      place.get(row) ?? null,
      row.code,
      row.name,
      row.scoreClass,
      row.level && level(row.level),
      row.score,
      changeOf(row.score, row.weekBefore?.score),
      changeOf(row.score, row.monthBefore?.score),
      row.facts && row.result && row.settings ? cause({ facts: row.facts, result: row.result, settings: row.settings }) : null,
      row.excluded && t(`excluded.${row.excluded}`),
    ]),
  };
}

async function governmentTable(actor: Actor, view: BoardView, address: BoardAddress, { t, level }: Words): Promise<Table> {
  const { shown, place } = await governmentRows(actor, view, address);
  const gained = (row: GovernmentRow, before: GovernmentRow["weekBefore"]) => before && activeOf(row) - before.active;
  return {
    head: [
      t("file.place"),
      t("file.code"),
      t("governments.name"),
      t("file.tier"),
      t("file.active"),
      t("file.units"),
      t("file.share"),
      t("file.weekChange"),
      t("file.monthChange"),
      ...levels.map(level),
    ],
    rows: shown.map((row) => [
      place.get(row) ?? null,
      row.code,
      row.name,
      t(`tier.${row.tier}`),
      activeOf(row),
      row.units,
      Math.round((activeOf(row) / row.units) * 1000) / 10,
      gained(row, row.weekBefore),
      gained(row, row.monthBefore),
      ...levels.map((each) => row[each]),
    ]),
  };
}
