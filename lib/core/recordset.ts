import { Prisma } from "./db.ts";

/** Rows as a table called x, for statements that write many at once. `columns`: their names and types as SQL writes them. */
export const recordset = (rows: readonly object[], columns: string) =>
  Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x(${Prisma.raw(columns)})`;
