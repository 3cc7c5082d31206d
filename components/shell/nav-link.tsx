"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";

const closeAround = (event: MouseEvent<HTMLElement>) => {
  const around = event.currentTarget.closest<HTMLElement>("[popover]");
  around?.hidePopover();
};

/** A way to a part of the product; marks itself where the reader is, and closes the sheet it lies in. */
export function NavLink({ href, className, children }: { href: Route; className: string; children: ReactNode }) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  return (
    <Link href={href} className={className} aria-current={here ? "page" : undefined} onClick={closeAround}>
      {children}
    </Link>
  );
}
