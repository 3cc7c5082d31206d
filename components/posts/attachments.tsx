"use client";

import { useLocale, useTranslations } from "next-intl";
import { lazy, Suspense, useRef, useState } from "react";
import { useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { AttachedFile } from "./attached-file.tsx";
import { type Draft, type DraftPicture, fileOf, withFile } from "./draft.ts";
import { Sign } from "./sign.tsx";
import { accepted, upload } from "./upload.ts";

// Fetched when it is opened: most posts are written without it.
const LibraryDialog = lazy(() => import("./library-dialog.tsx"));

type Files = Pick<Draft, "pictures" | "video">;
type Props = Files & { unitId: string; onChange: (files: Files) => void };

/** Pictures and the video of a draft: sent one by one or taken from the library, each with its alternative text. */
export function Attachments({ unitId, pictures, video, onChange }: Props) {
  const t = useTranslations("posts.composer");
  const locale = useLocale();
  const answerText = useAnswerText();
  const pictureInput = useRef<HTMLInputElement>(null);
  const videoInput = useRef<HTMLInputElement>(null);
  const [going, setGoing] = useState<{ name: string; share: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [picking, setPicking] = useState(false);
  // A video takes its time; what was typed meanwhile stays.
  const latest = useRef<Files>({ pictures, video });
  latest.current = { pictures, video };

  const send = async (input: HTMLInputElement) => {
    setProblem(null);
    const failed: string[] = [];
    for (const file of input.files ?? []) {
      setGoing({ name: file.name, share: 0 });
      const answer = await upload(unitId, file, (share) => setGoing({ name: file.name, share }));
      if (!answer.ok) {
        failed.push(`${file.name}: ${answerText(answer)}`);
        setProblem(failed.join(" "));
        continue;
      }
      latest.current = withFile(latest.current, fileOf(answer.media));
      onChange(latest.current);
    }
    setGoing(null);
    input.value = "";
  };
  const changePicture = (picture: DraftPicture, alt: string) =>
    onChange({ pictures: pictures.map((p) => (p.mediaId === picture.mediaId ? { ...p, alt } : p)), video });
  const share = new Intl.NumberFormat(locale, { style: "percent" });

  return (
    <div className="grid gap-3">
      {pictures.map((picture, index) => (
        <AttachedFile
          key={picture.mediaId}
          file={picture}
          altId={`alt-${index + 1}`}
          altLabel={t("alt", { number: index + 1 })}
          onAlt={(alt) => changePicture(picture, alt)}
          onRemove={() => onChange({ pictures: pictures.filter((p) => p.mediaId !== picture.mediaId), video })}
        />
      ))}
      {video && (
        <AttachedFile
          file={video}
          altId="alt-video"
          altLabel={t("altVideo")}
          onAlt={(alt) => onChange({ pictures, video: { ...video, alt } })}
          onRemove={() => onChange({ pictures, video: null })}
        />
      )}
      <div>
        <input
          ref={pictureInput}
          id="gambar"
          type="file"
          accept={accepted.picture}
          multiple
          hidden
          onChange={(e) => void send(e.currentTarget)}
        />
        <input ref={videoInput} id="video" type="file" accept={accepted.video} hidden onChange={(e) => void send(e.currentTarget)} />
        <div className="flex flex-wrap gap-2">
          <Button
            icon={<Sign name="picture" />}
            aria-disabled={going ? true : undefined}
            aria-describedby={problem ? "gambar-error" : undefined}
            onClick={() => !going && pictureInput.current?.click()}
          >
            {t("addPicture")}
          </Button>
          <Button
            icon={<Sign name="video" />}
            aria-disabled={going ? true : undefined}
            onClick={() => !going && videoInput.current?.click()}
          >
            {t(video ? "replaceVideo" : "addVideo")}
          </Button>
          <Button kind="quiet" icon={<Sign name="library" />} onClick={() => setPicking(true)}>
            {t("fromLibrary")}
          </Button>
        </div>
        {going && (
          <div className="mt-2" role="status">
            <p className="text-13 text-ink-2 truncate">{t("uploadingFile", { name: going.name, share: share.format(going.share) })}</p>
            <progress className="upload-progress" value={going.share} max={1} aria-label={t("uploading")} />
          </div>
        )}
        {problem && (
          <p className="error" id="gambar-error" role="alert">
            <Sign name="cross" />
            <span>{problem}</span>
          </p>
        )}
      </div>
      {picking && (
        <Suspense fallback={null}>
          <LibraryDialog
            unitId={unitId}
            onPick={(media) => {
              setPicking(false);
              onChange(withFile({ pictures, video }, fileOf(media)));
            }}
            onClose={() => setPicking(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
