import { z } from "zod";
import { trainingFile } from "#lib/coaching/training/queries.ts";
import { route } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { serveKept } from "#lib/media/serving.ts";

/** A file of the library that stands among a training's materials, for everybody who sees the training. */
export const GET = route("coaching.read", async (request, { actor, params }) => {
  const ids = z.object({ session: z.uuid(), media: z.uuid() }).safeParse(params);
  const media = ids.success && (await trainingFile(actor, ids.data.session, ids.data.media));
  const response = media && (await serveKept(request, media, "private, max-age=3600"));
  if (!response) throw new Refusal("not-found");
  return response;
});
