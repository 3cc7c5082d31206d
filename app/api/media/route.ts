import { z } from "zod";
import { route } from "#lib/core/doors.ts";
import { MAX_UPLOAD_BYTES, uploadPicture } from "#lib/media/uploading.ts";

/** Takes one picture for a unit. Problems come back as codes with status 422. */
export const POST = route("post.write", async (request, { actor }) => {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_UPLOAD_BYTES + 100_000) return tooBig();
  const form = await request.formData().catch(() => null);
  const unit = z.uuid().safeParse(form?.get("unit"));
  const file = form?.get("file");
  if (!unit.success || !(file instanceof File))
    return Response.json({ ok: false, problems: [{ field: "file", code: "file-empty" }] }, { status: 422 });
  if (file.size > MAX_UPLOAD_BYTES) return tooBig();
  const result = await uploadPicture(actor, unit.data, file.name, new Uint8Array(await file.arrayBuffer()));
  return Response.json(result, { status: result.ok ? 201 : 422 });
});

const tooBig = () =>
  Response.json(
    { ok: false, problems: [{ field: "file", code: "file-too-big", params: { limit: MAX_UPLOAD_BYTES / 1024 / 1024 } }] },
    { status: 422 },
  );
