"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { pickMediaAction } from "#lib/media/actions.ts";
import { type MediaKind, mediaKinds } from "#lib/media/kinds.ts";
import type { MediaRow } from "#lib/media/library.ts";
import type { UploadedMedia } from "#lib/media/uploading.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/field.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import { Sign } from "./sign.tsx";
import { useFileFacts } from "./use-file-facts.ts";

type Props = { unitId: string; onPick: (media: UploadedMedia) => void; onClose: () => void };

/** Chooses a picture or a video that the unit has already. */
export default function LibraryDialog({ unitId, onPick, onClose }: Props) {
  const t = useTranslations("media");
  const ui = useTranslations("ui");
  const answerText = useAnswerText();
  const facts = useFileFacts();
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState<MediaKind>("all");
  const [found, setFound] = useState<{ rows: MediaRow[]; more: boolean } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = useRef(0);

  const ask = async (after: string | null) => {
    asked.current += 1;
    const turn = asked.current;
    const answer = await pickMediaAction({ unitId, search, kind, after }).catch(unreachable);
    if (turn !== asked.current) return;
    if (!answer.ok) return setProblem(answerText(answer));
    setProblem(null);
    setFound((known) => ({ rows: after ? [...(known?.rows ?? []), ...answer.rows] : answer.rows, more: answer.more }));
  };
  const latest = useRef(ask);
  latest.current = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks anew, a moment after the last key, when what is looked for changes
  useEffect(() => {
    const timer = setTimeout(() => void latest.current(null), 250);
    return () => clearTimeout(timer);
  }, [search, kind]);

  return (
    <Dialog open onClose={onClose} title={t("pickTitle")} closeLabel={ui("close")}>
      <div className="flex flex-wrap gap-2 mb-3">
        <Input
          type="search"
          className="grow"
          aria-label={t("search")}
          placeholder={t("search")}
          value={search}
          maxLength={100}
          onChange={(e) => setSearch(e.target.value)}
        />
        <Segments label={t("kind")}>
          {mediaKinds.map((each) => (
            <Segment key={each} pressed={kind === each} onClick={() => setKind(each)}>
              {t(`kinds.${each}`)}
            </Segment>
          ))}
        </Segments>
      </div>
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      <p className="sr-only" role="status">
        {found && t("found", { count: found.rows.length })}
      </p>
      {found && !found.rows.length && <p className="text-13 text-ink-2">{t(search ? "emptySearch" : "empty")}</p>}
      <ul className="media-picks">
        {found?.rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onPick(row)}>
              {row.mime.startsWith("video/") ? (
                <span className="media-still">
                  <Sign name="video" />
                </span>
              ) : (
                // biome-ignore lint/performance/noImgElement: a private picture served by us, already in its size
                <img src={`/api/media/${row.id}`} alt={row.alt} loading="lazy" />
              )}
              <span className="text-13 font-strong truncate">{row.name}</span>
              <span className="text-12 text-ink-3">{facts(row)}</span>
            </button>
          </li>
        ))}
      </ul>
      {found?.more && (
        <Button small kind="quiet" onClick={() => void ask(found.rows.at(-1)?.id ?? null)}>
          {t("older")}
        </Button>
      )}
    </Dialog>
  );
}
