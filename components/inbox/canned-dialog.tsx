"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Kind } from "#lib/inbox/kinds.ts";
import type { Canned } from "#lib/inbox/replies/canned.ts";
import { type Filling, fill } from "#lib/inbox/replies/canned-rules.ts";
import Link from "@/components/ui/link.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/field.tsx";

type Props = { canned: readonly Canned[]; filling: Filling; kind: Kind; onChoose: (text: string) => void };

/** The agency's ready answers: those for this kind first; the chosen one is put into the box, filled in. */
export function CannedDialog({ canned, filling, kind, onChoose }: Props) {
  const t = useTranslations("inbox.canned");
  const [open, show] = useState(false);
  const [words, look] = useState("");
  const wanted = words.trim().toLowerCase();
  const fits = canned.filter((one) => `${one.name} ${one.text}`.toLowerCase().includes(wanted));
  const ordered = [...fits.filter((one) => one.kind === kind), ...fits.filter((one) => one.kind !== kind)];
  const choose = (text: string) => {
    show(false);
    onChoose(fill(text, filling));
  };
  return (
    <>
      <Button small kind="quiet" icon={bookmark} aria-label={t("open")} className="canned-open" onClick={() => show(true)}>
        {t("open")}
      </Button>
      <Dialog open={open} onClose={() => show(false)} title={t("title")} closeLabel={t("close")}>
        <label className="sr-only" htmlFor="canned-search">
          {t("search")}
        </label>
        <Input id="canned-search" type="search" value={words} placeholder={t("search")} onChange={(event) => look(event.target.value)} />
        <ul className="canned-list">
          {ordered.map((one) => (
            <li key={one.id}>
              <button type="button" onClick={() => choose(one.text)}>
                <b>{one.name}</b>
                {one.shared && <span className="text-12 text-ink-3"> {t("shared")}</span>}
                <span className="canned-text">{fill(one.text, filling)}</span>
              </button>
            </li>
          ))}
        </ul>
        {ordered.length === 0 && <p className="py-3 text-13 text-ink-3">{t(canned.length ? "nothing" : "none")}</p>}
        <Link className="link text-13" href="/inbox/canned">
          {t("manage")}
        </Link>
      </Dialog>
    </>
  );
}

const bookmark = (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M7 4h10v16.5l-5-3.75-5 3.75z" />
  </svg>
);
