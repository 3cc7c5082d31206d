import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import Link from "@/components/ui/link.tsx";

type Face = { icon?: ReactNode; count?: number | string; children: ReactNode };

const Inside = ({ icon, count, children }: Face) => (
  <>
    {icon}
    {children}
    {count !== undefined && <span className="tabular-nums font-body">{count}</span>}
  </>
);

/** A choice that is on or off. */
export function Chip({
  pressed,
  icon,
  count,
  children,
  ...rest
}: Face & { pressed: boolean } & Omit<ComponentProps<"button">, "children">) {
  return (
    <button type="button" className="chip" aria-pressed={pressed} {...rest}>
      <Inside icon={icon} count={count}>
        {children}
      </Inside>
    </button>
  );
}

/** A filter kept in the address. */
export function ChipLink({ current, href, icon, count, children }: Face & { current: boolean; href: Route }) {
  return (
    <Link className="chip" href={href} aria-current={current || undefined} scroll={false}>
      <Inside icon={icon} count={count}>
        {children}
      </Inside>
    </Link>
  );
}
