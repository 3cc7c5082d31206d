import type { ReactNode } from "react";
import type { Platform } from "#lib/platforms/contract.ts";

const frame = <rect x="1.5" y="1.5" width="13" height="13" rx="3.5" />;

const marks: Record<Platform, { name: string; glyph: ReactNode }> = {
  facebook: {
    name: "Facebook",
    glyph: (
      <>
        {frame}
        <path d="M10.9 5.3H9.8c-1 0-1.5.5-1.5 1.5v7.7M6.2 9h4.2" />
      </>
    ),
  },
  instagram: {
    name: "Instagram",
    glyph: (
      <>
        {frame}
        <circle cx="8" cy="8" r="3" />
        <path d="M11.6 4.4h.01" />
      </>
    ),
  },
  threads: {
    name: "Threads",
    glyph: (
      <path d="M12.3 6.2C11.9 3.9 10.4 2.5 8.2 2.5 5 2.5 3.3 4.7 3.3 8s1.7 5.5 4.9 5.5c2.6 0 4.3-1.3 4.3-3.1 0-1.9-1.8-2.9-4-2.9-1.7 0-2.7.7-2.7 1.8 0 1 .9 1.7 2 1.7 1.5 0 2.3-1 2.3-2.6 0-1.7-.7-2.7-2.1-2.7-.8 0-1.4.3-1.8.9" />
    ),
  },
  x: { name: "X", glyph: <path d="M2.5 2.5h2.7l8.3 11h-2.7zM13 2.5 9.3 6.8M6.9 9.4l-3.7 4.1" /> },
  youtube: {
    name: "YouTube",
    glyph: (
      <>
        <rect x="1.5" y="3" width="13" height="10" rx="3" />
        <path d="M6.8 6v4l3.3-2z" />
      </>
    ),
  },
  tiktok: { name: "TikTok", glyph: <path d="M8.7 1.8v9a2.7 2.7 0 1 1-2.7-2.7M8.7 1.8c.2 2.2 1.7 3.7 3.9 3.8" /> },
  telegram: { name: "Telegram", glyph: <path d="M14 2.5 1.8 7.3l3.7 1.5L12 4.5 7.2 9.8l4.6 3.7zM5.5 8.8l.6 3.7 2-2" /> },
  whatsapp: {
    name: "WhatsApp",
    glyph: (
      <>
        <path d="M2 14l.9-3a6.3 6.3 0 1 1 2.2 2.2z" />
        <path d="M5.8 5.8c0 2.4 2 4.4 4.4 4.4l.5-1.4-1.7-.7-.7.7A3.4 3.4 0 0 1 7 7.4l.7-.7-.6-1.5z" />
      </>
    ),
  },
  bluesky: {
    name: "Bluesky",
    glyph: (
      <path d="M8 7.6C7 5.5 4.6 3 2.8 2.6c-.9-.2-1.3.3-1.2 1.3.1 1.6.4 3 .7 3.7.4.9 1.5 1.2 2.9 1-2 .4-3 1.3-1.6 2.9 1.8 2 3.6.3 4.4-1.6.8 1.9 2.6 3.6 4.4 1.6 1.4-1.6.4-2.5-1.6-2.9 1.4.2 2.5-.1 2.9-1 .3-.7.6-2.1.7-3.7.1-1-.3-1.5-1.2-1.3C11.4 3 9 5.5 8 7.6z" />
    ),
  },
};

/** A platform's plain glyph with its name; `quiet` leaves the name to those who listen. */
export function PlatformMark({ platform, quiet = false }: { platform: Platform; quiet?: boolean }) {
  const { name, glyph } = marks[platform];
  return (
    <span className="mark gap-[5px]">
      <svg
        width="14"
        height="14"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {glyph}
      </svg>
      <span className={quiet ? "sr-only" : undefined}>{name}</span>
    </span>
  );
}
