"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";

type Props = { open: boolean; onClose: () => void; title: string; closeLabel: string; actions?: ReactNode; children: ReactNode };

/** The browser's own modal dialog: Escape, the backdrop and the cross close it, and focus returns to where it was. */
export function Dialog({ open, onClose, title, closeLabel, actions, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (open) element.current?.showModal();
    else element.current?.close();
  }, [open]);
  const cross = (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M6 6l12 12M18 6 6 18" />
    </svg>
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click closes by the backdrop; the keyboard has Escape
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === element.current) element.current.close();
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button kind="quiet" small icon={cross} aria-label={closeLabel} onClick={() => element.current?.close()} />
      </div>
      <div>{children}</div>
      {actions && <div className="dialog-foot">{actions}</div>}
    </dialog>
  );
}
