"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { counter } from "#lib/platforms/problems.ts";
import { takeUpTyping } from "../ui/early.ts";
import { Segment, Segments } from "../ui/segments.tsx";
import { beside, type Draft, type DraftChannel } from "./draft.ts";
import { Insertions } from "./insertions.tsx";
import { type PasteNote, pasteInto } from "./pasting.ts";
import { platformNames } from "./platform-names.ts";
import { Sign } from "./sign.tsx";

type Props = {
  unitId: string;
  draft: Draft;
  channels: DraftChannel[];
  /** The channel whose own version is open; null for the main text. */
  tab: string | null;
  onTab: (tab: string | null) => void;
  onChange: (part: Partial<Draft>) => void;
};

/** The main text and the versions that single channels have of it, each counted as its platform counts. */
export function TextEditor({ unitId, draft, channels, tab, onTab, onChange }: Props) {
  const t = useTranslations("posts.composer");
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const textOf = (channelId: string) => draft.channels.find((c) => c.channelId === channelId)?.text ?? null;
  const own = tab !== null && textOf(tab) !== null ? channels.find((c) => c.id === tab) : undefined;
  const nameOf = (channel: DraftChannel) =>
    channels.filter((c) => c.platform === channel.platform).length > 1
      ? `${platformNames[channel.platform]} ${channel.handle}`
      : platformNames[channel.platform];
  const mainUsers = channels.filter((c) => textOf(c.id) === null);
  const setOwn = (channelId: string, text: string | null) => onChange(ownText(draft, channelId, text));
  const write = (text: string) => (own ? setOwn(own.id, text) : onChange({ text }));
  // A version that was dropped is there again when it is added again.
  const dropped = useRef(new Map<string, string>());
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (area.current) void takeUpTyping([area.current]);
  }, []);
  const [pasted, setPasted] = useState<PasteNote>(null);
  const pastedParts = pasted && [
    ...(["direction", "invisible", "control", "beyond"] as const).flatMap((kind) =>
      pasted[kind] ? [t(`pastedParts.${kind}`, { count: pasted[kind] })] : [],
    ),
    ...(pasted.format ? [t("pastedParts.format")] : []),
  ];

  return (
    <>
      <div className="flex flex-wrap items-center gap-3 mb-2">
        <Segments label={t("versions")} className="max-w-full md:flex-wrap max-md:overflow-x-auto max-md:*:shrink-0">
          <Segment pressed={!own} onClick={() => onTab(null)}>
            {t("mainText")}
          </Segment>
          {channels.map((c) =>
            textOf(c.id) !== null ? (
              <Segment key={c.id} pressed={tab === c.id} onClick={() => onTab(c.id)}>
                {t("versionOf", { platform: nameOf(c) })}
              </Segment>
            ) : (
              <Segment
                key={c.id}
                pressed={false}
                onClick={() => {
                  setOwn(c.id, dropped.current.get(c.id) ?? draft.text);
                  onTab(c.id);
                }}
                aria-label={t("addVersion", { platform: nameOf(c) })}
              >
                <Sign name="plus" /> {nameOf(c)}
              </Segment>
            ),
          )}
        </Segments>
        {own ? (
          <button
            type="button"
            className="link text-13 ml-auto"
            onClick={() => {
              dropped.current.set(own.id, textOf(own.id) ?? "");
              setOwn(own.id, null);
              onTab(null);
            }}
          >
            {t("dropVersion")}
          </button>
        ) : (
          mainUsers.length > 0 && (
            <span className="text-13 text-ink-3 ml-auto max-md:hidden">
              {t("usedBy", { platforms: mainUsers.map((c) => nameOf(c)).join(", ") })}
            </span>
          )
        )}
      </div>
      <div className="editor">
        <label className="sr-only" htmlFor="naskah">
          {own ? t("versionOf", { platform: nameOf(own) }) : t("mainText")}
        </label>
        <textarea
          id="naskah"
          ref={area}
          onPaste={(e) => setPasted(pasteInto(e, write))}
          value={own ? (textOf(own.id) ?? "") : draft.text}
          placeholder={t("placeholder")}
          onChange={(e) => write(e.target.value)}
        />
        <ul className="counters" aria-label={t("counters")}>
          {channels.map((c) => {
            const { count, limit } = counter(c.platform, textOf(c.id) ?? draft.text, draft.link.trim() || null, beside(draft));
            return (
              <li key={c.id} className={count > limit ? "over" : undefined}>
                {nameOf(c)} {number.format(count)}/{number.format(limit)}
              </li>
            );
          })}
        </ul>
      </div>
      <div className="flex flex-wrap items-center gap-3 mt-2">
        <Insertions unitId={unitId} draft={draft} channels={channels} tab={tab} area={area} onWrite={write} onChange={onChange} />
        {pastedParts && (
          <span className="text-13 text-ink-3" role="status">
            {t("pasted", { parts: pastedParts.join(", ") })}
          </span>
        )}
      </div>
    </>
  );
}

/** The draft with a channel's own text; null gives it the main text again. */
export const ownText = (draft: Draft, channelId: string, text: string | null): Pick<Draft, "channels"> => ({
  channels: draft.channels.map((c) => (c.channelId === channelId ? { ...c, text } : c)),
});
