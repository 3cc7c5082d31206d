"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import type { Draft, DraftChannel } from "./draft.ts";

type Props = { draft: Draft; channels: DraftChannel[]; onChange: (part: Partial<Draft>) => void };

/** Channels of the draft that were disconnected meanwhile. The text written for them is shown until it is let go. */
export function RemovedChannels({ draft, channels, onChange }: Props) {
  const t = useTranslations("posts.composer");
  const gone = draft.channels.filter((c) => !channels.some((known) => known.id === c.channelId));
  if (!gone.length) return null;
  const texts = gone.flatMap((c) => (c.text?.trim() ? [c.text] : []));
  return (
    <div className="note note-warn">
      <div>
        <p>{t("goneChannels", { count: gone.length })}</p>
        {texts.map((text) => (
          <p key={text} className="conflict-same">
            {text}
          </p>
        ))}
        <Button small onClick={() => onChange({ channels: draft.channels.filter((c) => !gone.includes(c)) })}>
          {t("dropGone")}
        </Button>
      </div>
    </div>
  );
}
