"use client";

import type { Route } from "next";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useOptimistic, useRef, useState } from "react";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import type { PlanItem } from "./item.ts";
import { useMoving } from "./use-moving.ts";

type Props = {
  items: PlanItem[];
  zone: Zone;
  /** The local days in sight. */
  days: string[];
  /** By how many minutes a key carries a post. */
  minutesOf: (event: KeyboardEvent) => number | undefined;
};

/**
 * The posts of a board as they stand while one is moved: by `send`, or in the hand of the keyboard. Arrows carry it, also beyond the
 * days in sight (those are then shown), Enter puts it down, Escape takes it back.
 */
export function useCarrying({ items, zone, days, minutesOf }: Props) {
  const t = useTranslations("calendar.keys");
  const { move, timeOf } = useMoving(zone);
  const bring = useBringingDay(days);
  const [placed, place] = useOptimistic(items, put);
  const [held, hold] = useState<{ item: PlanItem; at: string } | null>(null);
  const [said, say] = useState("");

  const send = (item: PlanItem, at: string) => {
    if (item.at !== at) move(item, at, (to) => place({ ...item, at: to }));
  };
  const carry = (item: PlanItem, at: string) => {
    hold({ item, at });
    bring(localDay(new Date(at), zone));
  };
  /** What the keys do to a post as the board shows it. */
  const keysOf = (shown: PlanItem) => (event: KeyboardEvent<HTMLElement>) => {
    if (!shown.movable) return;
    const item = held?.item.id === shown.id ? held.item : shown;
    const minutes = minutesOf(event);
    if (minutes) {
      event.preventDefault();
      const at = new Date(new Date(shown.at).getTime() + minutes * 60_000).toISOString();
      carry(item, at);
      say(t("at", { time: timeOf(at) }));
    } else if (shown.at !== item.at && (event.key === "Enter" || event.key === "Escape")) {
      event.preventDefault();
      if (event.key === "Enter") {
        hold(null);
        send(item, shown.at);
      } else {
        carry(item, item.at);
        say(t("cancelled"));
      }
    }
  };
  return {
    shown: held ? put(placed, { ...held.item, at: held.at }) : placed,
    isHeld: (id: string) => held?.item.id === id,
    /** Held, and elsewhere than where it stands in the plan. */
    isCarried: (id: string) => held?.item.id === id && held.at !== held.item.at,
    release: () => hold(null),
    keysOf,
    send,
    said,
    timeOf,
  };
}

const put = (all: PlanItem[], one: PlanItem) =>
  all.some(({ id }) => id === one.id) ? all.map((item) => (item.id === one.id ? one : item)) : [...all, one];

/** Shows the week or month of a day that is not in sight. */
function useBringingDay(days: string[]) {
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams();
  const asked = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for is answered once other days are in sight
  useEffect(() => {
    asked.current = false;
  }, [days[0]]);
  return (day: string) => {
    if (!asked.current && days.includes(day)) return;
    asked.current = true;
    const next = new URLSearchParams(search);
    next.set("day", day);
    router.replace(`${path}?${next}` as Route, { scroll: false });
  };
}
