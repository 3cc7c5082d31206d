"use client";

import { useTranslations } from "next-intl";
import { lazy, type RefObject, Suspense, useState } from "react";
import { missingHashtags } from "#lib/posts/hashtags.ts";
import type { MentionedAccount } from "#lib/posts/mentions.ts";
import type { Piece } from "#lib/posts/pieces.ts";
import type { Draft, DraftChannel } from "./draft.ts";
import { insertedAt, mentionOf, placeMention } from "./mention-rules.ts";
import { platformNames } from "./platform-names.ts";

// Fetched when they are opened.
const PiecesDialog = lazy(() => import("./pieces-dialog.tsx"));
const MentionDialog = lazy(() => import("./mention-dialog.tsx"));

type Props = {
  unitId: string;
  draft: Draft;
  channels: DraftChannel[];
  /** The channel whose own version is open; null for the main text. */
  tab: string | null;
  area: RefObject<HTMLTextAreaElement | null>;
  onWrite: (text: string) => void;
  onChange: (part: Partial<Draft>) => void;
};

/** Pieces and hashtag sets from the bank, and mentions, put where the cursor stands; says what went where. */
export function Insertions({ unitId, draft, channels, tab, area, onWrite, onChange }: Props) {
  const t = useTranslations("posts.composer");
  const [picking, pick] = useState<"piece" | "mention" | null>(null);
  const [said, say] = useState<string | null>(null);

  const insertPiece = ({ kind, text }: Pick<Piece, "kind" | "text">) => {
    pick(null);
    const { value, selectionStart: at, selectionEnd: end } = area.current!;
    if (kind === "text") {
      const before = value.slice(0, at);
      // On lines of its own: it stands for itself.
      const gap = before && !/\s$/.test(before) ? "\n\n" : "";
      say(null);
      return onWrite(`${before}${gap}${text}${value.slice(end)}`);
    }
    const missing = missingHashtags(value, text);
    say(missing.length ? t("hashtagsAdded", { count: missing.length }) : t("hashtagsThere"));
    if (missing.length) onWrite(insertedAt(value, at, missing.join(" ")));
  };
  const insertMention = (account: MentionedAccount) => {
    pick(null);
    const { change, where } = placeMention(draft, channels, account, { tab, at: area.current!.selectionStart });
    const users = where === "main" ? channels.filter((c) => !draft.channels.find((d) => d.channelId === c.id)?.text) : [];
    const platforms = [...new Set((users.length ? users : [account]).map((c) => platformNames[c.platform]))].join(", ");
    const platform = platformNames[account.platform];
    say(t(`mentioned.${where}`, { handle: mentionOf(account), platforms, platform }));
    onChange(change);
  };

  return (
    <>
      <button type="button" className="link text-13" onClick={() => pick("piece")}>
        {t("bank")}
      </button>
      <button type="button" className="link text-13" onClick={() => pick("mention")}>
        {t("mention")}
      </button>
      {said && (
        <span className="text-13 text-ink-3" role="status">
          {said}
        </span>
      )}
      <Suspense fallback={null}>
        {picking === "piece" && (
          <PiecesDialog unitId={unitId} text={area.current?.value ?? ""} onPick={insertPiece} onClose={() => pick(null)} />
        )}
        {picking === "mention" && <MentionDialog unitId={unitId} onPick={insertMention} onClose={() => pick(null)} />}
      </Suspense>
    </>
  );
}
