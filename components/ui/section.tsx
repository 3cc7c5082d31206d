import type { ReactNode } from "react";

type Props = { id: string; title: ReactNode; count?: number | string; aside?: ReactNode; children: ReactNode; className?: string };

/** A part of a page with its heading; `aside` stands at the heading's right (give a link the class "link"). */
export function Section({ id, title, count, aside, children, className }: Props) {
  return (
    <section aria-labelledby={id} className={className}>
      <div className="heading mb-2">
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className="count">{count}</span>}
        {aside && <span className="aside text-ink-3">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
