import { getTranslations } from "next-intl/server";
import { route } from "#lib/core/doors.ts";
import { exportRequests } from "#lib/inbox/ppid/queries.ts";
import { tableFile } from "#lib/inbox/table-file.ts";
import { localDay, zoneOf } from "#lib/units/calendar.ts";
import { currentUnit } from "#lib/units/queries.ts";

/** The register as a file for a spreadsheet; nothing in it tells who asked. */
export const GET = route("ppid.manage", async (_request, { actor }) => {
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("ppid")]);
  const rows = await exportRequests(actor, unit);
  const columns = ["number", "unit", "state", "registered", "due", "closed"] as const;
  const lines = [
    columns.map((name) => t(`column.${name}`)),
    ...rows.map((row) => [
      row.number,
      row.unit.shortName,
      t(`state.${row.state}`),
      row.registeredDay,
      row.dueDay,
      row.closedAt && localDay(row.closedAt, zoneOf(row.unit.zone)),
    ]),
  ];
  return new Response(tableFile(lines.map((line) => line.map((value) => value ?? ""))), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="register-ppid.csv"',
      "cache-control": "no-store",
    },
  });
});
