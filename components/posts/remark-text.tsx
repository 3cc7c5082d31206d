import type { ReactNode } from "react";
import type { Change } from "#lib/posts/changes.ts";

export type Marked = { from: number; to: number; kind: "gate" | "remark"; title: string };

type Props = { text: string; marks: readonly Marked[]; changes?: readonly Change[] | null; remarkable?: string };

/**
 * A text with what the gates found and what was remarked on, and with what changed since the last round. `remarkable` names
 * the text to the pen, which counts its characters as they stand here, without what was removed.
 */
export function RemarkText({ text, marks, changes, remarkable }: Props) {
  const parts = changes ?? [{ kind: "same" as const, text }];
  const drawn: ReactNode[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const key = index;
    if (part.kind === "removed") {
      drawn.push(<del key={key}>{part.text}</del>);
      continue;
    }
    const inside = withMarks(part.text, at, marks);
    drawn.push(part.kind === "added" ? <ins key={key}>{inside}</ins> : <span key={key}>{inside}</span>);
    at += part.text.length;
  }
  return <span data-remarkable={remarkable}>{drawn}</span>;
}

/** A stretch of the text that begins at `start`, cut wherever a mark begins or ends. */
function withMarks(text: string, start: number, marks: readonly Marked[]): ReactNode {
  const end = start + text.length;
  const touching = marks.filter((mark) => mark.from < end && mark.to > start);
  if (!touching.length) return text;
  const cuts = touching.flatMap((mark) => [Math.max(mark.from, start), Math.min(mark.to, end)]);
  const places = [...new Set([start, ...cuts, end])].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const piece = text.slice(from - start, places[index + 1]! - start);
    const here = touching.filter((mark) => mark.from <= from && mark.to > from);
    if (!here.length) return piece;
    const kind = here.some((mark) => mark.kind === "gate") ? "gate-hit" : "remarked";
    return (
      <mark key={from} className={kind} title={here.map((mark) => mark.title).join("; ")}>
        {piece}
      </mark>
    );
  });
}
