import type { ClipboardEvent } from "react";
import { cleanText, mostCharacters, type Removed } from "#lib/posts/clean-text.ts";
import { plainOfRich } from "#lib/posts/rich-text.ts";

/** What a paste lost on its way into the field; null where it came as it was. */
export type PasteNote = (Removed & { format: boolean }) | null;

/** From here on the browser's own insertion, which can be undone, takes seconds. */
const longPaste = 10_000;

/**
 * Puts what is pasted into the field as plain, clean text, as far as there is room. What the browser would have put there
 * anyway is left to it.
 */
export function pasteInto(event: ClipboardEvent<HTMLTextAreaElement>, onText: (text: string) => void): PasteNote {
  const field = event.currentTarget;
  const plain = event.clipboardData.getData("text/plain");
  const html = event.clipboardData.getData("text/html");
  const rich = html ? plainOfRich(html) : "";
  const { text, removed } = cleanText(rich || plain);
  const room = mostCharacters - (field.value.length - (field.selectionEnd - field.selectionStart));
  const fitting = text.length > room ? text.slice(0, Math.max(0, room)).replace(/[\ud800-\udbff]$/, "") : text;
  const note = {
    ...removed,
    beyond: removed.beyond + text.length - fitting.length,
    format: /<(b|strong|i|em|u|img|table|h[1-6])[\s>]/i.test(html),
  };
  if (fitting !== plain.replace(/\r\n?/g, "\n")) {
    event.preventDefault();
    const inserted = fitting.length <= longPaste && document.execCommand("insertText", false, fitting);
    if (!inserted) {
      field.setRangeText(fitting, field.selectionStart, field.selectionEnd, "end");
      onText(field.value);
    }
  }
  return note.format || note.direction + note.invisible + note.control + note.beyond > 0 ? note : null;
}
