import { z } from "zod";
import { route } from "#lib/core/doors.ts";
import { MAX_UPLOAD_BYTES, MAX_VIDEO_BYTES, uploadPicture, uploadVideo } from "#lib/media/uploading.ts";

const videoQuery = z.object({ unit: z.uuid(), name: z.string().max(300).default("") });

/** Takes one picture (a form) or one video (the bytes alone) for a unit. Problems come back as codes with status 422. */
export const POST = route("post.write", async (request, { actor }) => {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (request.headers.get("content-type")?.startsWith("video/")) {
    const query = videoQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!query.success || !request.body) return problem("file-empty");
    if (announced > MAX_VIDEO_BYTES) return tooBig(MAX_VIDEO_BYTES);
    return answer(await uploadVideo(actor, query.data.unit, query.data.name, request.body));
  }
  if (announced > MAX_UPLOAD_BYTES + 100_000) return tooBig(MAX_UPLOAD_BYTES);
  const form = await request.formData().catch(() => null);
  const unit = z.uuid().safeParse(form?.get("unit"));
  const file = form?.get("file");
  if (!unit.success || !(file instanceof File)) return problem("file-empty");
  if (file.size > MAX_UPLOAD_BYTES) return tooBig(MAX_UPLOAD_BYTES);
  return answer(await uploadPicture(actor, unit.data, file.name, new Uint8Array(await file.arrayBuffer())));
});

const answer = (result: { ok: boolean }) => Response.json(result, { status: result.ok ? 201 : 422 });
const problem = (code: string, params?: Record<string, number>) =>
  Response.json({ ok: false, problems: [{ field: "file", code, params }] }, { status: 422 });
const tooBig = (limit: number) => problem("file-too-big", { limit: limit / 1024 / 1024 });
