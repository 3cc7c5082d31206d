"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, use, useEffect, useRef, useState } from "react";

type Ref = { id: string; revision: number };
type Picked = {
  /** The cases that are picked, as the list shows them now. */
  picked: readonly Ref[];
  /** Whether boxes are shown beside all cases. */
  picking: boolean;
  isFresh: (id: string) => boolean;
  toggle: (id: string) => void;
  pick: (ids: readonly string[]) => void;
  setPicking: (on: boolean) => void;
};

const SelectionContext = createContext<Picked | null>(null);

export function useSelection() {
  const context = use(SelectionContext);
  if (!context) throw new Error("useSelection outside of <Selection>");
  return context;
}

type Props = { rows: readonly Ref[]; list: string; may: boolean; children: ReactNode };

// Opening another case draws the page anew; of the same list the choice stays.
let kept: { list: string; ids: readonly string[]; picking: boolean } = { list: "", ids: [], picking: false };

/** Which cases of the list called `list` are picked, and which came while it was looked at. */
export function Selection({ rows, list, may, children }: Props) {
  const [ids, setIds] = useState<readonly string[]>([]);
  const [picking, setPicking] = useState(false);
  const fresh = useFresh(rows, list);
  useEffect(() => {
    const same = kept.list === list;
    setIds(same ? kept.ids : []);
    setPicking(same && kept.picking);
    kept = { list, ids: same ? kept.ids : [], picking: same && kept.picking };
  }, [list]);
  const pick = (next: readonly string[]) => {
    kept = { ...kept, ids: next };
    setIds(next);
  };
  const show = (on: boolean) => {
    kept = { ...kept, picking: on };
    setPicking(on);
    if (!on) pick([]);
  };
  const picked = may ? rows.filter(({ id }) => ids.includes(id)) : [];
  const value = {
    picked,
    picking: picking || picked.length > 0,
    isFresh: (id: string) => fresh.has(id),
    toggle: (id: string) => pick(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]),
    pick,
    setPicking: show,
  };
  return <SelectionContext value={value}>{children}</SelectionContext>;
}

const markedFor = 8000;

/** The cases that were not in the list when it was opened, for a short while. */
function useFresh(rows: readonly Ref[], list: string): ReadonlySet<string> {
  const known = useRef<{ list: string; ids: Set<string> } | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const before = known.current?.list === list ? known.current.ids : null;
    const come = before ? rows.filter(({ id }) => !before.has(id)).map(({ id }) => id) : [];
    known.current = { list, ids: new Set([...(before ?? []), ...rows.map(({ id }) => id)]) };
    if (!come.length) return;
    setFresh((others) => new Set([...others, ...come]));
    setTimeout(() => setFresh((others) => new Set([...others].filter((id) => !come.includes(id)))), markedFor);
  }, [rows, list]);
  return fresh;
}

/** Shows the boxes beside all cases, for those who have no pointer to hover with. */
export function PickMany() {
  const t = useTranslations("inbox.bulk");
  const { picking, setPicking } = useSelection();
  if (picking) return null; // The bar of what is picked has the way back.
  return (
    <button type="button" className="chip inbox-pick-many needs-script" onClick={() => setPicking(true)}>
      {t("pickMany")}
    </button>
  );
}

/** A row of the list with its box. */
export function PickableRow({ id, name, may, children }: { id: string; name: string; may: boolean; children: ReactNode }) {
  const t = useTranslations("inbox");
  const { picked, picking, isFresh, toggle } = useSelection();
  const isPicked = picked.some((row) => row.id === id);
  return (
    <li className={`case-item ${picking ? "case-item-picking" : ""} ${isFresh(id) ? "case-item-fresh" : ""}`} data-case={id}>
      {children}
      {isFresh(id) && (
        <span className="case-fresh" role="status">
          {t("fresh")}
        </span>
      )}
      {may && (
        <label className="case-pick needs-script">
          <input type="checkbox" checked={isPicked} onChange={() => toggle(id)} aria-label={t("bulk.pick", { name })} />
        </label>
      )}
    </li>
  );
}
