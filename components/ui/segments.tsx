import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import Link from "@/components/ui/link.tsx";

/** Views of one thing, side by side; `label` names what they choose between. */
export function Segments({ label, children, className = "" }: { label: string; children: ReactNode; className?: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would carry a legend and a border of its own
    <div role="group" aria-label={label} className={`segments ${className}`}>
      {children}
    </div>
  );
}

export function SegmentLink({ current, href, children }: { current: boolean; href: Route; children: ReactNode }) {
  return (
    <Link href={href} aria-current={current ? "true" : undefined} scroll={false}>
      {children}
    </Link>
  );
}

export function Segment({ pressed, ...rest }: { pressed: boolean } & ComponentProps<"button">) {
  return <button type="button" aria-pressed={pressed} {...rest} />;
}
