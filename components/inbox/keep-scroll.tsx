"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

let kept = { name: "", top: 0 };

/** The scrolling list: opening another case draws the page anew, but the list called `name` stays where it was. */
export function KeepScroll({ name, children }: { name: string; children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (kept.name === name) element.scrollTop = kept.top;
    element.querySelector("a[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [name]);
  return (
    <div
      ref={list}
      className="inbox-rows"
      onScroll={(event) => {
        kept = { name, top: event.currentTarget.scrollTop };
      }}
    >
      {children}
    </div>
  );
}
