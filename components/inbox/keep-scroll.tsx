"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

type Kept = { name: string; top: number; first: { id: string; offset: number } | null };
let kept: Kept = { name: "", top: 0, first: null };

const itemsOf = (element: HTMLElement) => [...element.querySelectorAll<HTMLElement>("[data-case]")];

/** The first case in sight and where it stands: what comes in above it must not push it away. */
function firstInSight(element: HTMLElement): Kept["first"] {
  const top = element.scrollTop;
  const first = itemsOf(element).find((item) => item.offsetTop + item.offsetHeight > top);
  return first && top > 0 ? { id: first.dataset.case ?? "", offset: first.offsetTop - top } : null;
}

/**
 * The scrolling list: opening another case draws the page anew, but the list called `name` stays where it was, and what is chosen
 * in view. A case that comes in above leaves those in sight where they are.
 */
export function KeepScroll({ name, children }: { name: string; children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (kept.name === name) element.scrollTop = kept.top;
    for (const current of document.querySelectorAll(".inbox-list a[aria-current]"))
      current.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [name]);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || kept.name !== name || !kept.first) return;
    const item = itemsOf(element).find(({ dataset }) => dataset.case === kept.first?.id);
    if (item) element.scrollTop = item.offsetTop - kept.first.offset;
  });
  return (
    <div
      ref={list}
      className="inbox-rows"
      onScroll={({ currentTarget }) => {
        kept = { name, top: currentTarget.scrollTop, first: firstInSight(currentTarget) };
      }}
    >
      {children}
    </div>
  );
}
