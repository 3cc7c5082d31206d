"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import { type DraftPicture, type DraftVideo, isVideo } from "./draft.ts";
import { Sign } from "./sign.tsx";
import { useFileFacts } from "./use-file-facts.ts";

type Props = { file: DraftPicture | DraftVideo; altId: string; altLabel: string; onAlt: (alt: string) => void; onRemove: () => void };

/** One file of a draft: what it is, how it looks, and the words for those who do not see it. */
export function AttachedFile({ file, altId, altLabel, onAlt, onRemove }: Props) {
  const t = useTranslations("posts.composer");
  const facts = useFileFacts();
  return (
    <div className={isVideo(file) ? "attached attached-video" : "attached"}>
      {isVideo(file) ? (
        // biome-ignore lint/a11y/useMediaCaption: a preview for the author, who has the film
        <video src={`/api/media/${file.mediaId}`} controls preload="metadata" aria-label={file.alt || file.name} />
      ) : (
        // biome-ignore lint/performance/noImgElement: a private picture served by us, already in its size
        <img src={`/api/media/${file.mediaId}`} alt="" width={64} height={64} />
      )}
      <div className="min-w-0">
        <p className="font-strong truncate">{file.name}</p>
        <p className="text-13 text-ink-3">{facts(file)}</p>
      </div>
      <Button kind="quiet" small icon={<Sign name="bin" />} aria-label={t("removePicture", { name: file.name })} onClick={onRemove} />
      <div className="alt">
        <Field id={altId} label={altLabel} hint={t("altHint")}>
          {(control) => <Input {...control} value={file.alt} maxLength={1000} onChange={(e) => onAlt(e.target.value)} />}
        </Field>
      </div>
    </div>
  );
}
