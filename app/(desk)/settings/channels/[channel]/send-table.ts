import type { Answer } from "#lib/core/errors.ts";
import type { ImportCheck, Imported } from "#lib/posts/imports/importing.ts";
import type { Columns, DayOrder } from "#lib/posts/imports/rules.ts";
import type { Zone } from "#lib/units/calendar.ts";

export type Options = { columns: Columns | null; dayOrder: DayOrder | null; zone: Zone | null; asOf: string | null };
type Done = { check: ImportCheck } & { done: Imported };

/** Sends a table to be looked over or taken in; an answer that never arrives reads "unavailable", so that the form stays as it is. */
export async function sendTable<What extends "check" | "import">(
  what: What,
  channelId: string,
  file: File,
  options: Options,
): Promise<Answer<What extends "check" ? Pick<Done, "check"> : Pick<Done, "done">>> {
  const form = new FormData();
  form.set("do", what);
  form.set("channel", channelId);
  form.set("options", JSON.stringify(options));
  form.set("file", file);
  try {
    const answer: unknown = await (await fetch("/api/imports", { method: "POST", body: form })).json();
    if (answer && typeof answer === "object" && "ok" in answer) return answer as never;
  } catch {
    // told below
  }
  return { ok: false, refused: "unavailable", problems: [] };
}
