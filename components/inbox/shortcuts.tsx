"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

const lines = [
  ["J", "next"],
  ["K", "previous"],
  ["O ↵", "openCase"],
  ["A", "assign"],
  ["R", "reply"],
  ["D", "refer"],
  ["N", "note"],
  ["S", "snooze"],
  ["E", "done"],
  ["X", "select"],
  ["/", "search"],
  ["Esc", "back"],
  ["Ctrl ↵", "send"],
  ["?", "help"],
] as const;

/** Letters whose work is done by whoever listens for the event of `window`, where nothing is drawn with that `data-key`. */
const events = { r: "inbox:reply", n: "inbox:note", d: "inbox:refer", s: "inbox:snooze" } as const;

/**
 * The inbox by keyboard. A letter presses what is drawn with it as `data-key` (or `data-key-bulk`, which goes first, while cases
 * are picked); else it sends one of `events`. J and K go along the list, X picks. Never while somebody types.
 */
export function Shortcuts() {
  const t = useTranslations("inbox.keys");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const target = event.target as HTMLElement;
      // A box of the list is no place to type in.
      const types = target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable], [popover]:popover-open");
      if (types) {
        if (event.key === "Escape" && target.closest(".inbox")) target.blur();
        return;
      }
      if (event.key === "?") setOpen(true);
      else if (!press(event.key.length === 1 ? event.key.toLowerCase() : event.key, target)) return;
      event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  return (
    <>
      <Button kind="quiet" small keys="?" className="needs-script" onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("title")} closeLabel={t("close")}>
        <dl className="key-list">
          {lines.map(([key, name]) => (
            <div key={key}>
              <dt>{t(name)}</dt>
              <dd>
                {key.split(" ").map((part) => (
                  <kbd key={part}>{part}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <p className="mt-3 text-13 text-ink-3">{t("hint")}</p>
      </Dialog>
    </>
  );
}

/** Does what a key stands for; false when there is nothing for it. */
function press(key: string, focused: HTMLElement): boolean {
  if (key === "j" || key === "k") return click(neighbour(key === "j" ? 1 : -1));
  if (key === "x") return click(current()?.querySelector<HTMLElement>(".case-pick input"));
  if (key === "Escape") return leave();
  if (key === "Enter") return focused === document.body && click(current()?.querySelector<HTMLElement>("a.case"));
  if (key === "o") return click(current()?.querySelector<HTMLElement>("a.case"));
  const name = CSS.escape(key);
  const drawn =
    document.querySelector<HTMLElement>(`[data-key-bulk="${name}"]`) ?? document.querySelector<HTMLElement>(`[data-key="${name}"]`);
  if (drawn) return reach(drawn);
  if (!Object.hasOwn(events, key)) return false;
  dispatchEvent(new CustomEvent(events[key as keyof typeof events]));
  return true;
}

function click(element: HTMLElement | null | undefined): boolean {
  element?.click();
  return element != null;
}

/** A field is gone to, a choice is opened, anything else is pressed. */
function reach(element: HTMLElement): boolean {
  if (!element.matches("input, select")) return click(element);
  element.focus();
  try {
    if (element instanceof HTMLSelectElement) element.showPicker();
  } catch {} // Not every browser opens it; it has the focus.
  return true;
}

/** Back from what is picked, then from the open case, to the list. */
function leave(): boolean {
  const stop = document.querySelector<HTMLElement>(".bulk-bar > .btn");
  return click(stop ?? document.querySelector<HTMLElement>(".inbox-open .thread-back"));
}

const items = () => [...document.querySelectorAll<HTMLElement>(".inbox-rows .case-item")];
const current = () =>
  items().find((item) => item.querySelector("a.case")?.ariaCurrent === "true" || item.contains(document.activeElement)) ?? items()[0];

function neighbour(step: 1 | -1): HTMLElement | undefined {
  const rows = items().map((item) => item.querySelector<HTMLElement>("a.case")!);
  const at = rows.findIndex((row) => row.ariaCurrent === "true");
  return at < 0 ? rows[0] : rows[at + step];
}
