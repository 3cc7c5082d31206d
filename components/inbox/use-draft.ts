"use client";

import { type RefObject, useEffect, useState } from "react";

/**
 * A text that survives reload, crash and logging out: every change is kept in this browser under `key` until it is emptied.
 * `field` is where somebody may have typed before the page came alive.
 */
export function useDraft(key: string, field?: RefObject<HTMLTextAreaElement | null>) {
  const [text, setText] = useState("");
  useEffect(() => {
    const typed = field?.current?.value;
    setText((now) => now || typed || read(key));
  }, [key, field]);
  const write = (next: string) => {
    setText(next);
    keep(key, next);
  };
  return { text, write };
}

// A browser may forbid storage; the text then lives as long as the page.
function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function keep(key: string, text: string) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {}
}
