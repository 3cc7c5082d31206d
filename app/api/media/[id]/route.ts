import { z } from "zod";
import { route } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { readPicture } from "#lib/media/uploading.ts";

export const GET = route("today.read", async (_request, { actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Refusal("not-found");
  const picture = await readPicture(actor, id.data);
  return new Response(Buffer.from(picture.bytes), {
    headers: {
      "content-type": picture.mime,
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'",
    },
  });
});
