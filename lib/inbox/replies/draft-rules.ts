/** Of a text that lies in this browser and on the server: which one is shown. Pure. */

/** `at` in milliseconds; `kept`: the server has had exactly these words. */
export type LocalDraft = { text: string; at: number; kept: boolean };
export type ServerDraft = { text: string; at: number };
/** `other`: what else was written elsewhere and may be taken instead. */
export type Chosen = { text: string; other: string | null };

/**
 * The newest wins, the other is offered. What the server has had from here is its own to decide on: changed on another device it
 * is shown as changed, sent from there it is gone. What it has not had yet is never dropped unseen.
 */
export function chooseDraft(local: LocalDraft | null, server: ServerDraft | null): Chosen {
  const here = local?.text.trim() ? local : null;
  if (!here || here.kept) return { text: server?.text ?? "", other: null };
  if (!server || same(server.text, here.text)) return { text: here.text, other: null };
  return server.at > here.at ? { text: server.text, other: here.text } : { text: here.text, other: server.text };
}

const same = (a: string, b: string) => a.trim() === b.trim();

/** A text as storage gives it back; words from before it had a time count as old and unkept. */
export function readLocal(stored: string | null): LocalDraft | null {
  if (!stored) return null;
  try {
    const value = JSON.parse(stored) as Partial<LocalDraft> | null;
    if (value && typeof value.text === "string" && typeof value.at === "number")
      return { text: value.text, at: value.at, kept: value.kept === true };
  } catch {}
  return { text: stored, at: 0, kept: false };
}
