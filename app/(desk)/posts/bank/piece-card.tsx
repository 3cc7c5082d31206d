"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { archivePieceAction } from "#lib/posts/actions.ts";
import type { Piece } from "#lib/posts/pieces.ts";
import { PieceForm } from "@/components/posts/piece-form.tsx";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { showToast } from "@/components/ui/toast.tsx";

/** One piece of the bank, to be changed or put away by those who write for its unit. */
export function PieceCard({ piece, unitId, archived }: { piece: Piece; unitId: string; archived: boolean }) {
  const t = useTranslations("bank");
  const router = useRouter();
  const answerText = useAnswerText();
  const [editing, setEditing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const archive = async (into: boolean) => {
    const answer = await archivePieceAction({ pieceId: piece.id, archived: into }).catch(unreachable);
    if (!answer.ok) return setProblem(answerText(answer));
    showToast(t(into ? "archived" : "restored"), () => void archive(!into));
    router.refresh();
  };
  return (
    <li className="media-card">
      <p className="font-strong">{piece.name}</p>
      <p className="text-12 text-ink-3">
        {[t(`kinds.${piece.kind}`), piece.pillar && t(`pillars.${piece.pillar}`), piece.shared && t("shared")].filter(Boolean).join(" · ")}
      </p>
      <p className="text-13 text-ink-2 whitespace-pre-line line-clamp-6">{piece.text}</p>
      {piece.writable && (
        <p className="flex flex-wrap gap-2">
          <Button small aria-label={t("changeOf", { name: piece.name })} onClick={() => setEditing(true)}>
            {t("change")}
          </Button>
          <Button
            small
            kind="quiet"
            aria-label={t(archived ? "restoreOf" : "archiveOf", { name: piece.name })}
            onClick={() => void archive(!archived)}
          >
            {t(archived ? "restore" : "toArchive")}
          </Button>
        </p>
      )}
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      {editing && <PieceDialog unitId={unitId} piece={piece} onClose={() => setEditing(false)} />}
    </li>
  );
}

export function NewPiece({ unitId }: { unitId: string }) {
  const t = useTranslations("bank");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        {t("write")}
      </Button>
      {open && (
        <PieceDialog unitId={unitId} piece={{ id: null, kind: "text", name: "", text: "", pillar: null }} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

type DialogProps = { unitId: string; piece: Pick<Piece, "kind" | "name" | "text" | "pillar"> & { id: string | null }; onClose: () => void };

function PieceDialog({ unitId, piece: { id, kind, name, text, pillar }, onClose }: DialogProps) {
  const t = useTranslations("bank");
  const ui = useTranslations("ui");
  const router = useRouter();
  const kept = () => {
    showToast(t("kept"));
    onClose();
    router.refresh();
  };
  return (
    <Dialog open onClose={onClose} title={t(id ? "change" : "write")} closeLabel={ui("close")}>
      <PieceForm unitId={unitId} piece={{ id, kind, name, text, pillar }} onKept={kept} onCancel={onClose} />
    </Dialog>
  );
}
