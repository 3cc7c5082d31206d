"use client";

import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { formatClock, isLocale } from "#lib/core/text.ts";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { RepeatMark } from "../ui/repeat-mark.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import type { PlanItem } from "./item.ts";
import { type DragTools, useDragCard } from "./use-dragging.ts";

type Props = {
  item: PlanItem;
  zone: string;
  style: { top: number; left: string; width: string };
  tools: DragTools | null;
  held: boolean;
  carried: boolean;
  hint: string;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onBlur: () => void;
};

/** A post on the week. It leads to the post; who may move it drags it, or moves it by the arrow keys. */
export function PlanCard({ item, zone, style, tools, held, carried, hint, onKeyDown, onBlur }: Props) {
  const t = useTranslations("calendar");
  const locale = useLocale();
  const card = useRef<HTMLDivElement>(null);
  useDragCard(tools, card, item.id, item.movable);
  useEffect(() => {
    if (held) card.current?.scrollIntoView({ block: "nearest" });
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the link inside has the focus; its keys rise to here
    <div
      ref={card}
      className={`cal-card cal-${item.shown}`}
      style={style}
      data-held={carried || undefined}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      <Link href={`/posts/${item.id}`} draggable={false} aria-describedby={item.movable ? hint : undefined}>
        <span className="cal-card-line">
          <b>{formatClock(new Date(item.at), zone, isLocale(locale) ? locale : "id")}</b>
          <StateBadge state={item.shown} />
          {item.repeats && <RepeatMark quiet />}
        </span>
        <span className="cal-card-title">
          <span className="cal-card-marks">
            {item.platforms.slice(0, 3).map((platform) => (
              <PlatformMark key={platform} platform={platform} quiet />
            ))}
            {item.platforms.length > 3 && `+${item.platforms.length - 3}`}
          </span>
          {item.title || t("untitled")}
          {item.unit && <span className="text-ink-3"> · {item.unit}</span>}
        </span>
        {item.crowded && <span className="sr-only">{t("crowded")}</span>}
      </Link>
    </div>
  );
}
