"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { fitPictureAction } from "#lib/media/actions.ts";
import type { How } from "#lib/media/fit-rules.ts";
import type { UploadedMedia } from "#lib/media/uploading.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import type { DraftPicture } from "./draft.ts";
import { useFileFacts } from "./use-file-facts.ts";

type Props = { picture: DraftPicture; platforms: Platform[]; onAccept: (media: UploadedMedia) => void; onClose: () => void };

/** Shows a picture before and after it was fitted to the chosen channels; nothing changes until the person accepts. */
export default function FitDialog({ picture, platforms, onAccept, onClose }: Props) {
  const t = useTranslations("media.fit");
  const ui = useTranslations("ui");
  const answerText = useAnswerText();
  const [how, setHow] = useState<How>("crop");
  const [after, setAfter] = useState<UploadedMedia | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const asked = platforms.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks once for each way of fitting
  useEffect(() => {
    let stale = false;
    setAfter(null);
    setProblem(null);
    void fitPictureAction({ mediaId: picture.mediaId, platforms, how })
      .catch(unreachable)
      .then((answer) => {
        if (stale) return;
        if (answer.ok) setAfter(answer.after);
        else setProblem(answerText(answer));
      });
    return () => {
      stale = true;
    };
  }, [picture.mediaId, asked, how]);

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      closeLabel={ui("close")}
      actions={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button kind="primary" aria-disabled={!after || undefined} onClick={() => after && onAccept(after)}>
            {t("accept")}
          </Button>
        </>
      }
    >
      <Segments label={t("how")}>
        <Segment pressed={how === "crop"} onClick={() => setHow("crop")}>
          {t("crop")}
        </Segment>
        <Segment pressed={how === "pad"} onClick={() => setHow("pad")}>
          {t("pad")}
        </Segment>
      </Segments>
      <p className="text-13 text-ink-2 mt-2">{t(`${how}Hint`)}</p>
      <div className="fit-sides mt-3">
        <Side title={t("before")} id={picture.mediaId} file={picture} />
        {after ? <Side title={t("after")} id={after.id} file={after} /> : <p role="status">{problem ?? t("working")}</p>}
      </div>
    </Dialog>
  );
}

function Side({ title, id, file }: { title: string; id: string; file: { width: number; height: number; bytes: number } }) {
  const t = useTranslations("media.fit");
  const locale = useLocale();
  const facts = useFileFacts();
  const ratio = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(file.width / file.height);
  return (
    <figure>
      {/* biome-ignore lint/performance/noImgElement: a private picture served by us */}
      <img src={`/api/media/${id}`} alt="" width={file.width} height={file.height} />
      <figcaption className="text-13">
        <b>{title}</b>
        <span className="block text-ink-3">{facts(file)}</span>
        <span className="block text-ink-3">{t("ratio", { ratio })}</span>
      </figcaption>
    </figure>
  );
}
