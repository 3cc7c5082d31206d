"use client";

import { useEffect, useRef, useState, useSyncExternalStore } from "react";

type Toast = { id: number; text: string; undo?: () => void };

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();
const none: readonly Toast[] = [];

const set = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of listeners) listener();
};

const dismiss = (id: number) => set(toasts.filter((toast) => toast.id !== id));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Says in one sentence what happened; `undo` takes it back while the sentence is shown. Call it from client code. */
export const showToast = (text: string, undo?: () => void) => {
  last += 1;
  set([...toasts.slice(-2), { id: last, text, undo }]);
};

const shownFor = 10_000;

function Line({ toast, undoLabel, held }: { toast: Toast; undoLabel: string; held: boolean }) {
  const left = useRef(shownFor);
  useEffect(() => {
    if (held) return;
    const since = Date.now();
    const timer = setTimeout(() => dismiss(toast.id), left.current);
    return () => {
      clearTimeout(timer);
      left.current -= Date.now() - since;
    };
  }, [toast.id, held]);
  const takeBack = () => {
    dismiss(toast.id);
    toast.undo?.();
  };
  return (
    <div className="toast">
      <span>{toast.text}</span>
      {toast.undo ? (
        <button type="button" onClick={takeBack}>
          {undoLabel}
        </button>
      ) : null}
    </div>
  );
}

/** Where toasts appear; mounted once by the shell. Stays while the pointer or the focus is on it. */
export function Toaster({ label, undoLabel }: { label: string; undoLabel: string }) {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => none,
  );
  const [held, setHeld] = useState(false);
  const hold = () => setHeld(true);
  const release = () => setHeld(false);
  useEffect(() => {
    if (shown.length === 0) setHeld(false);
  }, [shown.length]);
  return (
    <section
      className="toasts"
      aria-label={label}
      aria-live="polite"
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      {shown.map((toast) => (
        <Line key={toast.id} toast={toast} undoLabel={undoLabel} held={held} />
      ))}
    </section>
  );
}
