import type { ReactNode } from "react";

/** Nothing here yet: one sentence and the next step, in the place of what is missing. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="py-5 text-ink-2">
      <p>{children}</p>
      {action && <p className="mt-2">{action}</p>}
    </div>
  );
}
