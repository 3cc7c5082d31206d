import { z } from "zod";
import { route } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { serveKept } from "#lib/media/serving.ts";
import { findMedia } from "#lib/media/uploading.ts";

export const GET = route("today.read", async (request, { actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  const media = id.success && (await findMedia(actor, id.data));
  const response = media && (await serveKept(request, media, "private, max-age=31536000, immutable"));
  if (!response) throw new Refusal("not-found");
  return response;
});
