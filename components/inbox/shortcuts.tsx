"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

const lines = [
  ["J", "next"],
  ["K", "previous"],
  ["R", "reply"],
  ["N", "note"],
  ["D", "done"],
  ["Ctrl ↵", "send"],
  ["?", "help"],
] as const;

/** The inbox by keyboard: a letter presses what is drawn with `data-key`, J and K go along the list. Never while somebody types. */
export function Shortcuts() {
  const t = useTranslations("inbox.keys");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const target = event.target as HTMLElement;
      if (target.closest("input, textarea, select, dialog, [contenteditable], [popover]:popover-open")) return;
      if (event.key === "?") setOpen(true);
      else if (!press(event.key.toLowerCase())) return;
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
                <kbd>{key}</kbd>
              </dd>
            </div>
          ))}
        </dl>
        <p className="mt-3 text-13 text-ink-3">{t("hint")}</p>
      </Dialog>
    </>
  );
}

/** Presses what a key stands for; false when there is nothing for it. */
function press(key: string): boolean {
  const target =
    key === "j" || key === "k" ? neighbour(key === "j" ? 1 : -1) : document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  target?.click();
  return target != null;
}

function neighbour(step: 1 | -1): HTMLElement | undefined {
  const rows = [...document.querySelectorAll<HTMLElement>(".inbox-rows a.case")];
  const at = rows.findIndex((row) => row.ariaCurrent === "true");
  return at < 0 ? rows[0] : rows[at + step];
}
