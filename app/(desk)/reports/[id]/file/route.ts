import { z } from "zod";
import { route } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { fileKinds, reportFile } from "#lib/reports/queries.ts";

const asked = z.object({ id: z.uuid(), kind: z.enum(fileKinds) });

/** A report's PDF or workbook, for those who may read the report. */
export const GET = route("report.read", async (request, { actor, params }) => {
  const wanted = asked.safeParse({ id: params.id, kind: new URL(request.url).searchParams.get("kind") });
  if (!wanted.success) throw new Refusal("not-found");
  const { bytes, name, mime } = await reportFile(actor, wanted.data.id, wanted.data.kind);
  return new Response(bytes as BodyInit, {
    headers: {
      "content-type": mime,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
});
