"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import Link from "@/components/ui/link.tsx";

const closeAround = (event: MouseEvent<HTMLElement>) => {
  const around = event.currentTarget.closest<HTMLElement>("[popover]");
  around?.hidePopover();
};

type Props = {
  href: Route;
  className: string;
  /** Entries below this one: where the reader is at one of them, it is the one marked. */
  deeper?: string[];
  children: ReactNode;
};

const within = (path: string, href: string) => path === href || path.startsWith(`${href}/`);

/** A way to a part of the product; marks itself where the reader is, and closes the sheet it lies in. */
export function NavLink({ href, className, deeper = [], children }: Props) {
  const path = usePathname();
  const here = within(path, href) && !deeper.some((other) => within(path, other));
  return (
    <Link href={href} className={className} aria-current={here ? "page" : undefined} onClick={closeAround}>
      {children}
    </Link>
  );
}
