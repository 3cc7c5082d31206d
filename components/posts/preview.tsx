"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Platform } from "#lib/platforms/contract.ts";
import { outgoingText } from "#lib/platforms/outgoing.ts";
import { takesCollaborators, takesTitle } from "#lib/platforms/problems.ts";
import { carriesFirstComment } from "#lib/posts/rules.ts";
import { Avatar } from "../ui/avatar.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import { beside, type Draft, type DraftChannel } from "./draft.ts";
import { PreviewMedia } from "./preview-media.tsx";
import { foldedAt, layoutOf } from "./preview-rules.ts";

/** What a citizen will see on each chosen channel. */
export function Preview({ draft, channels }: { draft: Draft; channels: DraftChannel[] }) {
  const t = useTranslations("posts.composer");
  const [chosen, choose] = useState<string | null>(null);
  const channel = channels.find((c) => c.id === chosen) ?? channels[0];
  if (!channel) return null;
  const text = draft.channels.find((c) => c.channelId === channel.id)?.text ?? draft.text;
  const hasMedia = beside(draft) !== "nothing";
  const shown = outgoingText(channel.platform, { text, link: draft.link.trim() || null, withPictures: hasMedia });
  const title = takesTitle(channel.platform, beside(draft)) && draft.title.trim();
  const invited = takesCollaborators(channel.platform) && draft.collaborators.trim();
  const comment = carriesFirstComment(channel) && draft.firstComment.trim();
  const layout = layoutOf(channel.platform);
  const media = hasMedia && <PreviewMedia key={`media ${channel.id}`} draft={draft} platform={channel.platform} />;
  return (
    <section aria-labelledby="pratinjau">
      <div className="flex items-center justify-between gap-3 mb-3">
        <h2 id="pratinjau" className="text-14 font-heading">
          {t("preview")}
        </h2>
        {channels.length > 1 && (
          <Segments label={t("previewOf")}>
            {channels.map((c) => (
              <Segment key={c.id} pressed={c.id === channel.id} onClick={() => choose(c.id)}>
                <PlatformMark platform={c.platform} quiet />
              </Segment>
            ))}
          </Segments>
        )}
      </div>
      <article className="panel preview" data-layout={layout === "overlay" && !hasMedia ? "plain" : layout}>
        <header>
          <Avatar name={channel.name} />
          <span className="two-lines">
            <b>{channel.name}</b>
            <small>
              <PlatformMark platform={channel.platform} />
            </small>
          </span>
        </header>
        {invited && <p className="px-3 pb-2 text-12 text-ink-3">{t("previewWith", { names: invited })}</p>}
        {layout !== "plain" && media}
        {title && <p className={`px-3 font-strong ${layout === "titled" ? "pt-3 pb-1 text-15" : "pb-1"}`}>{title}</p>}
        <PreviewText key={`text ${channel.id}`} platform={channel.platform} text={shown} />
        {layout === "plain" && media}
        {comment && (
          <p className="preview-comment">
            <b>{t("firstComment")}</b> {comment}
          </p>
        )}
      </article>
    </section>
  );
}

/** The text as far as the platform shows it before the reader asks for more. */
function PreviewText({ platform, text }: { platform: Platform; text: string }) {
  const t = useTranslations("posts.composer");
  const [open, setOpen] = useState(false);
  const folded = foldedAt(platform, text);
  if (!text.trim())
    return (
      <p className="preview-text">
        <span className="text-ink-3">{t("previewEmpty")}</span>
      </p>
    );
  return (
    <p className="preview-text">
      {folded === null || open ? text : `${folded}… `}
      {folded !== null && (
        <button type="button" className="preview-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "less" : "more")}
        </button>
      )}
    </p>
  );
}
