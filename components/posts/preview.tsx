"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { outgoingText } from "#lib/platforms/outgoing.ts";
import { takesCollaborators, takesTitle } from "#lib/platforms/problems.ts";
import { carriesFirstComment } from "#lib/posts/rules.ts";
import { Avatar } from "../ui/avatar.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import { beside, type Draft, type DraftChannel } from "./draft.ts";

/** What a citizen will see on each chosen channel. */
export function Preview({ draft, channels }: { draft: Draft; channels: DraftChannel[] }) {
  const t = useTranslations("posts.composer");
  const [chosen, choose] = useState<string | null>(null);
  const channel = channels.find((c) => c.id === chosen) ?? channels[0];
  if (!channel) return null;
  const text = draft.channels.find((c) => c.channelId === channel.id)?.text ?? draft.text;
  const withPictures = beside(draft) !== "nothing";
  const shown = outgoingText(channel.platform, { text, link: draft.link.trim() || null, withPictures });
  const title = takesTitle(channel.platform, beside(draft)) && draft.title.trim();
  const invited = takesCollaborators(channel.platform) && draft.collaborators.trim();
  const comment = carriesFirstComment(channel) && draft.firstComment.trim();
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
      <article className="panel preview">
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
        {title && <p className="px-3 pb-1 font-strong">{title}</p>}
        <p className="preview-text">{shown.trim() || <span className="text-ink-3">{t("previewEmpty")}</span>}</p>
        {draft.video && (
          // biome-ignore lint/a11y/useMediaCaption: a preview for the author, who has the film
          <video
            src={`/api/media/${draft.video.mediaId}`}
            poster={draft.pictures[0] && `/api/media/${draft.pictures[0].mediaId}`}
            controls
            preload="metadata"
            aria-label={draft.video.alt || draft.video.name}
          />
        )}
        {!draft.video && draft.pictures[0] && (
          // biome-ignore lint/performance/noImgElement: a private picture served by us
          <img src={`/api/media/${draft.pictures[0].mediaId}`} alt={draft.pictures[0].alt} />
        )}
        {!draft.video && draft.pictures.length > 1 && (
          <p className="text-12 text-ink-3 p-3">{t("morePictures", { count: draft.pictures.length - 1 })}</p>
        )}
        {comment && (
          <p className="preview-comment">
            <b>{t("firstComment")}</b> {comment}
          </p>
        )}
      </article>
    </section>
  );
}
