"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { listPiecesAction } from "#lib/posts/actions.ts";
import { hashtagsIn } from "#lib/posts/hashtags.ts";
import type { PieceKind } from "#lib/posts/piece-kinds.ts";
import type { Piece } from "#lib/posts/pieces.ts";
import type { Pillar } from "#lib/posts/rules.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/field.tsx";
import { PieceForm } from "./piece-form.tsx";
import { PillarSelect } from "./pillar-select.tsx";

type Props = { unitId: string; text: string; onPick: (piece: Piece) => void; onClose: () => void };

/** Chooses a piece of text or a set of hashtags from the bank, or keeps what is written now for another time. */
export default function PiecesDialog({ unitId, text, onPick, onClose }: Props) {
  const t = useTranslations("bank");
  const ui = useTranslations("ui");
  const answerText = useAnswerText();
  const [search, setSearch] = useState("");
  const [pieces, setPieces] = useState<Piece[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [writing, setWriting] = useState<PieceKind | null>(null);
  const [pillar, setPillar] = useState<Pillar | null>(null);
  const hashtags = hashtagsIn(text).join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks anew, a moment after the last key, when what is looked for changes
  useEffect(() => {
    let late = false;
    const timer = setTimeout(async () => {
      const answer = await listPiecesAction({ unitId, search, archived: false, pillar }).catch(unreachable);
      if (late) return;
      setProblem(answer.ok ? null : answerText(answer));
      if (answer.ok) setPieces(answer.pieces);
    }, 250);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [unitId, search, writing, pillar]);

  return (
    <Dialog open onClose={onClose} title={t("title")} closeLabel={ui("close")}>
      {writing ? (
        <PieceForm
          unitId={unitId}
          piece={{ id: null, kind: writing, name: "", text: (writing === "hashtags" ? hashtags : text).slice(0, 5_000), pillar: null }}
          onKept={() => setWriting(null)}
          onCancel={() => setWriting(null)}
        />
      ) : (
        <>
          <Input
            type="search"
            aria-label={t("search")}
            placeholder={t("search")}
            value={search}
            maxLength={100}
            onChange={(e) => setSearch(e.target.value)}
          />
          <PillarSelect aria-label={t("pillar")} none={t("allPillars")} value={pillar} onPillar={setPillar} />
          {problem && (
            <p className="error" role="alert">
              {problem}
            </p>
          )}
          {pieces && !pieces.length && <p className="text-13 text-ink-2 my-3">{t(search ? "emptySearch" : "empty")}</p>}
          <ul className="piece-list my-3">
            {pieces?.map((piece) => (
              <li key={piece.id}>
                <button type="button" onClick={() => onPick(piece)}>
                  <b>{piece.name}</b>
                  <span className="text-12 text-ink-3">
                    {[t(`kinds.${piece.kind}`), piece.pillar && t(`pillars.${piece.pillar}`), piece.shared && t("shared")]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                  <span className="text-13 text-ink-2 line-clamp-2">{piece.text}</span>
                </button>
              </li>
            ))}
          </ul>
          <p className="flex flex-wrap items-center gap-3">
            <Button small onClick={() => setWriting("text")}>
              {t("keepNew")}
            </Button>
            {hashtags && (
              <Button small onClick={() => setWriting("hashtags")}>
                {t("keepHashtags")}
              </Button>
            )}
            <a className="link text-13" href="/posts/bank" target="_blank" rel="noopener">
              {t("manage")}
            </a>
          </p>
        </>
      )}
    </Dialog>
  );
}
