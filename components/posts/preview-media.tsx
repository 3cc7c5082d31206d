"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Platform } from "#lib/platforms/contract.ts";
import { Segment, Segments } from "../ui/segments.tsx";
import type { Draft, DraftPicture } from "./draft.ts";
import { isSwiped } from "./preview-rules.ts";

const addressOf = ({ mediaId }: { mediaId: string }) => `/api/media/${mediaId}`;

/** The film or the pictures of a draft as a platform lays them out. */
export function PreviewMedia({ draft, platform }: { draft: Draft; platform: Platform }) {
  const { video, pictures } = draft;
  if (video)
    return (
      // biome-ignore lint/a11y/useMediaCaption: a preview for the author, who has the film
      <video
        src={addressOf(video)}
        poster={pictures[0] && addressOf(pictures[0])}
        controls
        preload="metadata"
        aria-label={video.alt || video.name}
      />
    );
  if (!pictures.length) return null;
  return isSwiped(platform) ? <Swiped pictures={pictures} /> : <Grid pictures={pictures} />;
}

function Swiped({ pictures }: { pictures: DraftPicture[] }) {
  const t = useTranslations("posts.composer");
  const [at, setAt] = useState(0);
  const picture = pictures[at] ?? pictures[0]!;
  return (
    <>
      {/* biome-ignore lint/performance/noImgElement: a private picture served by us */}
      <img src={addressOf(picture)} alt={picture.alt} />
      {pictures.length > 1 && (
        <Segments label={t("previewPictures")} className="preview-dots">
          {pictures.map(({ mediaId }, index) => (
            <Segment
              key={mediaId}
              pressed={index === pictures.indexOf(picture)}
              aria-label={t("pictureOf", { number: index + 1, count: pictures.length })}
              onClick={() => setAt(index)}
            >
              {index + 1}
            </Segment>
          ))}
        </Segments>
      )}
    </>
  );
}

function Grid({ pictures }: { pictures: DraftPicture[] }) {
  const t = useTranslations("posts.composer");
  const more = pictures.length - 4;
  return (
    <>
      <div className="preview-grid" data-count={Math.min(pictures.length, 4)}>
        {pictures.slice(0, 4).map((picture) => (
          // biome-ignore lint/performance/noImgElement: a private picture served by us
          <img key={picture.mediaId} src={addressOf(picture)} alt={picture.alt} />
        ))}
      </div>
      {more > 0 && <p className="text-12 text-ink-3 p-3">{t("morePictures", { count: more })}</p>}
    </>
  );
}
