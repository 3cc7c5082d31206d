import { route } from "#lib/core/doors.ts";
import { checkImport, importFile } from "#lib/posts/imports/importing.ts";
import { mostImportBytes } from "#lib/posts/imports/rules.ts";
import { importInput } from "#lib/posts/imports/schema.ts";

/** A table of posts or followers: looked over, or taken in when the form says so. Problems come back as codes with status 422. */
export const POST = route("channel.manage", async (request, { actor }) => {
  if (Number(request.headers.get("content-length") ?? 0) > mostImportBytes + 100_000) return problem("import-file-too-large");
  const form = await request.formData().catch(() => null);
  const file = form?.get("file");
  if (!(file instanceof File)) return problem("import-file-empty");
  if (file.size > mostImportBytes) return problem("import-file-too-large");
  const options = readOptions(form?.get("options"));
  const input = importInput.safeParse({ ...options, channelId: form?.get("channel"), file: new Uint8Array(await file.arrayBuffer()) });
  if (!input.success) return problem("invalid");
  const answer = form?.get("do") === "import" ? await importFile(actor, input.data) : await checkImport(actor, input.data);
  return Response.json(answer, { status: answer.ok ? 200 : 422 });
});

function readOptions(given: FormDataEntryValue | null | undefined): object {
  try {
    const options: unknown = JSON.parse(String(given ?? "{}"));
    return typeof options === "object" && options !== null ? options : {};
  } catch {
    return {};
  }
}

const problem = (code: string) => Response.json({ ok: false, problems: [{ field: "file", code }] }, { status: 422 });
