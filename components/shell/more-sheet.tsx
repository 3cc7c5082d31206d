import type { ReactNode } from "react";

/** The phone's sheet of everything that has no place in the bottom bar. */
export function MoreSheet({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div id={id} popover="auto" role="dialog" aria-label={label} className="sheet">
      {children}
    </div>
  );
}
