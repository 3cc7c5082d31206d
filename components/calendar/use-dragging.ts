"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

export type DragTools = typeof import("@atlaskit/pragmatic-drag-and-drop/element/adapter");

/** The tools for dragging, fetched once the board is in sight; null until then, and where they cannot be had: keys do the same. */
export function useDragTools(board: RefObject<HTMLElement | null>): DragTools | null {
  const [tools, setTools] = useState<DragTools | null>(null);
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      seen.disconnect();
      import("@atlaskit/pragmatic-drag-and-drop/element/adapter").then(setTools, () => {});
    });
    seen.observe(element);
    return () => seen.disconnect();
  }, [board]);
  return tools;
}

/** Where a card was held, so that it lands with its upper edge and not with the pointer. */
export type DragData = { id: string; grabbed: number };
type Input = { clientX: number; clientY: number };
type Drop = {
  over: (id: string, at: Input & { grabbed: number }) => void;
  dropped: (id: string, at: Input & { grabbed: number }) => void;
  left: () => void;
};

const dataOf = (data: Record<string, unknown>) => data as DragData;

/** Makes the board a place to drop cards on. */
export function useDropBoard(tools: DragTools | null, board: RefObject<HTMLElement | null>, drop: Drop) {
  const latest = useRef(drop);
  latest.current = drop;
  useEffect(() => {
    const element = board.current;
    if (!tools || !element) return;
    return tools.dropTargetForElements({
      element,
      onDrag: ({ source, location }) => {
        const { id, grabbed } = dataOf(source.data);
        latest.current.over(id, { ...location.current.input, grabbed });
      },
      onDragLeave: () => latest.current.left(),
      onDrop: ({ source, location }) => {
        const { id, grabbed } = dataOf(source.data);
        latest.current.dropped(id, { ...location.current.input, grabbed });
      },
    });
  }, [tools, board]);
}

/** Makes a card something to drag. */
export function useDragCard(tools: DragTools | null, card: RefObject<HTMLElement | null>, id: string, movable: boolean) {
  useEffect(() => {
    const element = card.current;
    if (!tools || !element || !movable) return;
    return tools.draggable({
      element,
      getInitialData: ({ input }) => ({ id, grabbed: input.clientY - element.getBoundingClientRect().top }) satisfies DragData,
    });
  }, [tools, card, id, movable]);
}
