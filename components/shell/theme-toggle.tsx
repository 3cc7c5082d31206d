"use client";

import type { ReactNode } from "react";
import { remember } from "./remember.ts";

/** Light or dark, at once. Choosing what the device wants anyway follows the device again. */
const toggle = () => {
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (root.dataset.theme ?? device) === "dark" ? "light" : "dark";
  if (next === device) delete root.dataset.theme;
  else root.dataset.theme = next;
  remember("garda_theme", next === device ? "" : next);
};

export function ThemeToggle({ label, children }: { label: string; children: ReactNode }) {
  return (
    <button type="button" className="btn btn-quiet btn-small btn-icon needs-script" aria-label={label} onClick={toggle}>
      {children}
    </button>
  );
}
