"use client";

import { useTranslations } from "next-intl";
import { useId, useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { checkImportAction, importPostsAction } from "#lib/posts/actions.ts";
import type { ImportCheck } from "#lib/posts/importing.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Note } from "@/components/ui/note.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

const template = "Tautan;Waktu;Teks;Jenis;Suka;Komentar;Dibagikan;Tayangan;Jangkauan\r\n";

/** Posts and figures of an account without an interface, from a table: looked over first, taken in only when the person says so. */
export function ImportPosts({ channelId, name }: { channelId: string; name: string }) {
  const t = useTranslations("channels.import");
  const answerText = useAnswerText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const [check, setCheck] = useState<ImportCheck | null>(null);
  const [failed, setFailed] = useState<Exclude<Answer, { ok: true }> | null>(null);
  const [pending, start] = useTransition();

  const lookOver = (file: File | undefined) => {
    setCheck(null);
    setFailed(null);
    if (!file) return setText(null);
    start(async () => {
      const content = await file.text();
      const answer = await attempt(checkImportAction({ channelId, text: content }));
      if (!answer.ok) return setFailed(answer);
      setText(content);
      setCheck(answer.check);
    });
  };
  const takeIn = () =>
    start(async () => {
      if (text === null) return;
      const answer = await attempt(importPostsAction({ channelId, text }));
      if (!answer.ok) return setFailed(answer);
      setOpen(false);
      setCheck(null);
      showToast(t("done", { count: answer.taken, name }));
    });
  const usable = check ? check.fresh + check.known : 0;

  return (
    <>
      <Button kind="quiet" small onClick={() => setOpen(true)}>
        {t("open")}
        <span className="sr-only"> {name}</span>
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("title", { name })}
        closeLabel={t("close")}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
            <Button kind="primary" aria-disabled={pending || usable === 0 || undefined} onClick={() => !pending && usable > 0 && takeIn()}>
              {t("submit", { count: usable })}
            </Button>
          </>
        }
      >
        <div className="grid gap-4 pt-1">
          <p className="text-ink-2">{t("what")}</p>
          <p>
            <a
              className="link text-13"
              download="unggahan.csv"
              href={`data:text/csv;charset=utf-8,%EF%BB%BF${encodeURIComponent(template)}`}
            >
              {t("template")}
            </a>
          </p>
          <Field id={`${id}-file`} label={t("file")} hint={t("fileHint")} error={failed ? answerText(failed) : undefined}>
            {(control) => (
              <input
                {...control}
                className="w-full min-w-0"
                type="file"
                accept=".csv,text/csv"
                onChange={(event) => lookOver(event.target.files?.[0])}
              />
            )}
          </Field>
          <div role="status" className="grid gap-3 empty:hidden">
            {check && <p>{t("found", { rows: check.rows, fresh: check.fresh, known: check.known })}</p>}
            {check && check.problems.length > 0 && <Problems check={check} />}
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Problems({ check: { problems, moreProblems } }: { check: ImportCheck }) {
  const t = useTranslations("channels.import");
  return (
    <Note kind="warn">
      <p className="font-strong">{t("problems", { count: new Set(problems.map(({ row }) => row)).size })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard */}
      <ul className="grid gap-1 mt-1 max-h-60 overflow-y-auto" tabIndex={0} aria-label={t("problemList")}>
        {problems.map(({ row, column, code, value }) => (
          <li key={`${row}-${column}-${code}`} className="wrap-anywhere">
            {t("row", { row, column: column ?? "" })}: {t(`code.${code}`, { value })}
          </li>
        ))}
      </ul>
      {moreProblems > 0 && <p>{t("more", { count: moreProblems })}</p>}
    </Note>
  );
}
