"use client";

import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { formatClock, isLocale } from "#lib/core/text.ts";
import Link from "@/components/ui/link.tsx";
import { RepeatMark } from "../ui/repeat-mark.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import type { PlanItem } from "./item.ts";
import { type DragTools, useDragCard } from "./use-dragging.ts";

type Props = {
  item: PlanItem;
  zone: string;
  tools: DragTools | null;
  held: boolean;
  carried: boolean;
  hint: string;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onBlur: () => void;
};

/** A post in a day of the month. Carried to another day it is drawn anew there, and takes the focus with it. */
export function MonthChip({ item, zone, tools, held, carried, hint, onKeyDown, onBlur }: Props) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const chip = useRef<HTMLLIElement>(null);
  useDragCard(tools, chip, item.id, item.movable);
  useEffect(() => {
    if (held) chip.current?.querySelector("a")?.focus();
  }, [held]);
  return (
    <li ref={chip} className={`cal-chip cal-${item.shown}`} data-held={carried || undefined} onKeyDown={onKeyDown} onBlur={onBlur}>
      <Link href={`/posts/${item.id}`} draggable={false} aria-describedby={item.movable ? hint : undefined}>
        <b>{formatClock(new Date(item.at), zone, isLocale(locale) ? locale : "id")}</b> {item.repeats && <RepeatMark quiet />}{" "}
        {item.title || t("untitled")}
        <span className="sr-only">
          <StateBadge state={item.shown} />
        </span>
      </Link>
    </li>
  );
}
