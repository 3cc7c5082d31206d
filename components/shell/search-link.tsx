"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import Link from "@/components/ui/link.tsx";

/** The way to the search, by pointer or by Ctrl K. */
export function SearchLink({ href, children }: { href: Route; children: ReactNode }) {
  const router = useRouter();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      router.push(href);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [router, href]);
  return (
    <Link className="search" href={href} aria-keyshortcuts="Control+K">
      {children}
    </Link>
  );
}
