"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Answer, Problem } from "#lib/core/errors.ts";
import { useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import type { DraftPicture } from "./draft.ts";
import { Sign } from "./sign.tsx";

type Props = { unitId: string; pictures: DraftPicture[]; onChange: (pictures: DraftPicture[]) => void };
type Uploaded = Answer<{ media: { id: string; name: string; mime: DraftPicture["mime"]; width: number; height: number; bytes: number } }>;

const offline: Problem[] = [];

/** Pictures of a draft: added one by one, judged by the server, each with its alternative text. */
export function PictureList({ unitId, pictures, onChange }: Props) {
  const t = useTranslations("posts.composer");
  const locale = useLocale();
  const answerText = useAnswerText();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const upload = async (files: FileList | null) => {
    setProblem(null);
    setBusy(true);
    let next = pictures;
    for (const file of files ?? []) {
      const form = new FormData();
      form.set("unit", unitId);
      form.set("file", file);
      const answer = (await fetch("/api/media", { method: "POST", body: form })
        .then((r) => r.json())
        .catch(() => ({ ok: false, refused: "unavailable", problems: offline }))) as Uploaded;
      if (!answer.ok) {
        setProblem(`${file.name}: ${answerText({ ...answer, problems: answer.problems ?? offline })}`);
        break;
      }
      next = [
        ...next,
        {
          mediaId: answer.media.id,
          alt: "",
          name: answer.media.name,
          mime: answer.media.mime,
          width: answer.media.width,
          height: answer.media.height,
          bytes: answer.media.bytes,
        },
      ];
      onChange(next);
    }
    setBusy(false);
    if (input.current) input.current.value = "";
  };
  const size = new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });

  return (
    <div className="grid gap-3">
      {pictures.map((picture, index) => (
        <div key={picture.mediaId} className="attached">
          {/* biome-ignore lint/performance/noImgElement: a private picture served by us, already in its size */}
          <img src={`/api/media/${picture.mediaId}`} alt="" width={64} height={64} />
          <div className="min-w-0">
            <p className="font-strong truncate">{picture.name}</p>
            <p className="text-13 text-ink-3">
              {picture.width} × {picture.height}, {size.format(picture.bytes / 1024)}
            </p>
          </div>
          <Button
            kind="quiet"
            small
            icon={<Sign name="bin" />}
            aria-label={t("removePicture", { name: picture.name })}
            onClick={() => onChange(pictures.filter((p) => p.mediaId !== picture.mediaId))}
          />
          <div className="alt">
            <Field id={`alt-${index + 1}`} label={t("alt", { number: index + 1 })} hint={t("altHint")}>
              {(control) => (
                <Input
                  {...control}
                  value={picture.alt}
                  maxLength={1000}
                  onChange={(e) => onChange(pictures.map((p) => (p.mediaId === picture.mediaId ? { ...p, alt: e.target.value } : p)))}
                />
              )}
            </Field>
          </div>
        </div>
      ))}
      <div>
        <input
          ref={input}
          id="gambar"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          multiple
          hidden
          onChange={(e) => void upload(e.target.files)}
        />
        <Button
          icon={<Sign name="picture" />}
          aria-disabled={busy || undefined}
          aria-describedby={problem ? "gambar-error" : undefined}
          onClick={() => !busy && input.current?.click()}
        >
          {busy ? t("uploading") : t("addPicture")}
        </Button>
        {problem && (
          <p className="error" id="gambar-error" role="alert">
            <Sign name="cross" />
            <span>{problem}</span>
          </p>
        )}
      </div>
    </div>
  );
}
