"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { listCorrectableAction, markCorrectionAction } from "#lib/posts/actions.ts";
import type { Correctable } from "#lib/posts/correcting.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/field.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";

type Props = { postId: string; marked: boolean; zone: string; onDone: () => void; onClose: () => void };

/** Chooses the published post that the draft puts right. */
export default function CorrectionDialog({ postId, marked, zone, onDone, onClose }: Props) {
  const t = useTranslations("correction");
  const ui = useTranslations("ui");
  const answerText = useAnswerText();
  const [search, setSearch] = useState("");
  const [found, setFound] = useState<{ posts: Correctable[]; more: boolean } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, start] = useTransition();

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks anew, a moment after the last key
  useEffect(() => {
    let late = false;
    const timer = setTimeout(async () => {
      const answer = await listCorrectableAction({ postId, search }).catch(unreachable);
      if (late) return;
      setProblem(answer.ok ? null : answerText(answer));
      if (answer.ok) setFound(answer);
    }, 250);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [postId, search]);

  const mark = (correctsId: string | null) =>
    start(async () => {
      const answer = await markCorrectionAction({ postId, correctsId }).catch(unreachable);
      if (!answer.ok) return setProblem(answerText(answer));
      showToast(t(correctsId ? "marked" : "unmarked"));
      onDone();
    });

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      closeLabel={ui("close")}
      actions={
        marked && (
          <Button aria-disabled={busy || undefined} onClick={() => !busy && mark(null)}>
            {t("unmark")}
          </Button>
        )
      }
    >
      <p className="text-13 text-ink-2 mb-3">{t("what")}</p>
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={search}
        maxLength={100}
        onChange={(e) => setSearch(e.target.value)}
      />
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      {found && !found.posts.length && <p className="text-13 text-ink-2 my-3">{t("none")}</p>}
      <ul className="piece-list my-3">
        {found?.posts.map((post) => (
          <li key={post.id}>
            <button type="button" aria-disabled={busy || undefined} onClick={() => !busy && mark(post.id)}>
              <b>{post.title || t("untitled")}</b>
              <span className="text-12 text-ink-3">
                <Time at={new Date(post.publishedAt)} zone={zone} style="short" />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found?.more && <p className="text-12 text-ink-3">{t("more")}</p>}
    </Dialog>
  );
}
