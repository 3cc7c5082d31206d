"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

let kept = { name: "", top: 0 };

/** The scrolling list: opening another case draws the page anew, but the list called `name` stays where it was, and what is chosen in view. */
export function KeepScroll({ name, children }: { name: string; children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (kept.name === name) element.scrollTop = kept.top;
    for (const current of document.querySelectorAll(".inbox-list a[aria-current]"))
      current.scrollIntoView({ block: "nearest", inline: "nearest" });
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
