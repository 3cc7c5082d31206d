import type { ReactNode } from "react";

type Props = { kind?: "plain" | "info" | "warn" | "danger"; icon?: ReactNode; children: ReactNode; role?: "status" | "alert" };

const kinds = { plain: "", info: "note-info", warn: "note-warn", danger: "note-danger" };

/** A tinted box beside the work: amber for a returned post or an internal note, red for what failed, grey to inform. */
export function Note({ kind = "plain", icon, children, role }: Props) {
  return (
    <div className={`note ${kinds[kind]}`} role={role}>
      {icon}
      <div>{children}</div>
    </div>
  );
}
