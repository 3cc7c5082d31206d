import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

export const states = [
  "draft",
  "submitted",
  "returned",
  "approved",
  "scheduled",
  "held",
  "publishing",
  "published",
  "partly",
  "failed",
  "unknown",
  "rejected",
  "cancelled",
  "manual",
] as const;
export type BadgeState = (typeof states)[number];

const circle = <circle cx="8" cy="8" r="6" />;
const disc = <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />;
const tick = "M4.9 8.3l2.2 2.2 4-4.6";

const faces: Record<BadgeState, { tone: "" | "state-accent" | "state-warn" | "state-ok" | "state-danger"; glyph: ReactNode }> = {
  draft: { tone: "", glyph: <circle cx="8" cy="8" r="6" strokeDasharray="2.6 2.1" /> },
  submitted: {
    tone: "state-warn",
    glyph: (
      <>
        {circle}
        <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none" />
      </>
    ),
  },
  returned: { tone: "state-warn", glyph: <path d="M6 3.5 2.5 7 6 10.5M2.5 7h7.5a3.5 3.5 0 0 1 3.5 3.5V13" /> },
  approved: { tone: "state-accent", glyph: <path d="M2.5 8.5l3.5 3.5 7.5-8" /> },
  scheduled: {
    tone: "state-accent",
    glyph: (
      <>
        {circle}
        <path d="M8 4.5V8l2.3 1.4" />
      </>
    ),
  },
  held: {
    tone: "state-warn",
    glyph: (
      <>
        {circle}
        <path d="M6.3 5.6v4.8M9.7 5.6v4.8" />
      </>
    ),
  },
  publishing: {
    tone: "state-accent",
    glyph: (
      <>
        {circle}
        <path d="M8 11V5M5.5 7.3 8 4.8l2.5 2.5" />
      </>
    ),
  },
  published: {
    tone: "state-ok",
    glyph: (
      <>
        {disc}
        <path d={tick} stroke="var(--surface)" />
      </>
    ),
  },
  partly: {
    tone: "state-warn",
    glyph: (
      <>
        {circle}
        <path d={tick} />
      </>
    ),
  },
  failed: {
    tone: "state-danger",
    glyph: (
      <>
        {circle}
        <path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" />
      </>
    ),
  },
  unknown: {
    tone: "state-danger",
    glyph: (
      <>
        {circle}
        <path d="M6.3 6.5a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.1M8 11.3h.01" />
      </>
    ),
  },
  rejected: {
    tone: "state-danger",
    glyph: (
      <>
        {circle}
        <path d="M3.8 12.2l8.4-8.4" />
      </>
    ),
  },
  cancelled: {
    tone: "",
    glyph: (
      <>
        {circle}
        <path d="M5 8h6" />
      </>
    ),
  },
  manual: {
    tone: "state-accent",
    glyph: (
      <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.62 2.62 0 0 0 9 3.3l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.62 2.62 0 0 0 7 12.7l.8-.8" />
    ),
  },
};

/** Where a post or a publication stands: a glyph and the word, never colour alone. */
export function StateBadge({ state }: { state: BadgeState }) {
  const t = useTranslations("ui.state");
  const { tone, glyph } = faces[state];
  return (
    <span className={`mark state ${tone}`}>
      <svg
        width="14"
        height="14"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {glyph}
      </svg>
      {t(state)}
    </span>
  );
}
