"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { archiveMediaAction, describeMediaAction } from "#lib/media/actions.ts";
import type { UploadedMedia } from "#lib/media/uploading.ts";
import { Sign } from "@/components/posts/sign.tsx";
import { useFileFacts } from "@/components/posts/use-file-facts.ts";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Input } from "@/components/ui/field.tsx";
import { showToast } from "@/components/ui/toast.tsx";

type Props = { media: UploadedMedia & { usedIn: number }; place: string | null; archived: boolean; writes: boolean };

/** One file of the library. Its alternative text is changed in its place and kept when the field is left. */
export function MediaCard({ media, place, archived, writes }: Props) {
  const t = useTranslations("media");
  const router = useRouter();
  const answerText = useAnswerText();
  const facts = useFileFacts();
  const [alt, setAlt] = useState(media.alt);
  const [kept, setKept] = useState(media.alt);
  const [problem, setProblem] = useState<string | null>(null);
  const address = `/api/media/${media.id}`;

  const describe = async () => {
    if (alt.trim() === kept) return;
    const answer = await describeMediaAction({ mediaId: media.id, alt }).catch(unreachable);
    if (!answer.ok) return setProblem(answerText(answer));
    setProblem(null);
    setKept(alt.trim());
    showToast(t("altSaved"));
  };
  const archive = async (into: boolean) => {
    const answer = await archiveMediaAction({ mediaId: media.id, archived: into }).catch(unreachable);
    if (!answer.ok) return setProblem(answerText(answer));
    showToast(t(into ? "archived" : "restored"), () => void archive(!into));
    router.refresh();
  };

  return (
    <li className="media-card">
      <a href={address} target="_blank" rel="noopener" aria-label={t("open", { name: media.name })}>
        {media.mime.startsWith("video/") ? (
          <video src={`${address}#t=0.1`} preload="metadata" muted aria-label={media.alt || media.name} />
        ) : (
          // biome-ignore lint/performance/noImgElement: a private picture served by us, already in its size
          <img src={address} alt={media.alt} loading="lazy" />
        )}
      </a>
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <p className="font-strong truncate" title={media.name}>
            {media.name}
          </p>
          <p className="text-12 text-ink-3">{facts(media)}</p>
          <p className="text-12 text-ink-3">{[place, t("usedIn", { count: media.usedIn })].filter(Boolean).join(" · ")}</p>
        </div>
        {writes && (
          <Button
            kind="quiet"
            small
            icon={<Sign name={archived ? "plus" : "bin"} />}
            aria-label={t(archived ? "restore" : "toArchive", { name: media.name })}
            onClick={() => void archive(!archived)}
          />
        )}
      </div>
      {writes ? (
        <Input
          aria-label={t("alt", { name: media.name })}
          placeholder={t("altShort")}
          value={alt}
          maxLength={1000}
          onChange={(e) => setAlt(e.target.value)}
          onBlur={() => void describe()}
          onKeyDown={(e) => e.key === "Enter" && void describe()}
        />
      ) : (
        <p className="text-13 text-ink-2">{media.alt || t("noAlt")}</p>
      )}
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}
