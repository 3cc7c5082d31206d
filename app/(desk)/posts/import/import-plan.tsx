"use client";

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { checkPlanAction, importPlanAction } from "#lib/posts/actions.ts";
import type { PlanCheck } from "#lib/posts/plan-importing.ts";
import { mostPlanBytes } from "#lib/posts/rules.ts";
import { unreachable, useAnswerText, useProblemText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { showToast } from "@/components/ui/toast.tsx";

type Failed = Exclude<Answer, { ok: true }>;
type Props = { unitId: string; zone: string; columns: readonly string[] };

/** A table of planned posts: looked over first, brought in only when the person says so. */
export function ImportPlan({ unitId, zone, columns }: Props) {
  const t = useTranslations("plan");
  const answerText = useAnswerText();
  const [file, setFile] = useState<Uint8Array | null>(null);
  const [check, setCheck] = useState<PlanCheck | null>(null);
  const [failed, setFailed] = useState<Failed | null>(null);
  const [created, setCreated] = useState<number | null>(null);
  const [busy, start] = useTransition();

  const lookOver = (chosen: File | undefined) => {
    setFile(null);
    setCheck(null);
    setFailed(null);
    setCreated(null);
    if (!chosen) return;
    if (chosen.size > mostPlanBytes) return setFailed({ ok: false, problems: [{ field: "file", code: "file-too-large" }] });
    start(async () => {
      const bytes = new Uint8Array(await chosen.arrayBuffer());
      const answer = await checkPlanAction({ unitId, file: bytes }).catch(unreachable);
      if (!answer.ok) return setFailed(answer);
      setFile(bytes);
      setCheck(answer.check);
    });
  };
  const bringIn = () =>
    start(async () => {
      if (!file) return;
      const answer = await importPlanAction({ unitId, file }).catch(unreachable);
      if (!answer.ok) return setFailed(answer);
      setCheck(null);
      setCreated(answer.created);
      showToast(t("done", { count: answer.created }));
    });
  const ready = check?.ready ?? 0;
  const example = [columns.join(";").replaceAll("_", " "), `30/11/2026;08.30;Facebook;${t("example")}`].join("\r\n");

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 max-w-[70ch]">
      <p className="text-ink-2">{t("what")}</p>
      <p>
        <a className="link" download="rencana.csv" href={`data:text/csv;charset=utf-8,%EF%BB%BF${encodeURIComponent(example)}`}>
          {t("template")}
        </a>
        <span className="block text-13 text-ink-2">{t("templateHint", { zone })}</span>
      </p>
      <Field id="tabel" label={t("file")} hint={t("fileHint")} error={failed ? answerText(failed) : undefined}>
        {(control) => (
          <input
            {...control}
            className="w-full min-w-0"
            type="file"
            accept=".csv,.xlsx,text/csv"
            onChange={(event) => lookOver(event.target.files?.[0])}
          />
        )}
      </Field>
      <div role="status" className="grid gap-4 empty:hidden">
        {busy && !check && <p>{t("checking")}</p>}
        {check && <p>{t("found", { rows: check.rows, ready: check.ready, wrong: check.wrong, known: check.known })}</p>}
        {created !== null && (
          <p>
            {t("done", { count: created })}{" "}
            <Link className="link" href={"/posts?state=draft" as Route}>
              {t("seeDrafts")}
            </Link>
          </p>
        )}
      </div>
      {check && check.problems.length > 0 && <Problems problems={check.problems} wrong={check.wrong} />}
      {check && check.mend.length > 0 && <Mends mend={check.mend} />}
      {check && (
        <p>
          <Button kind="primary" aria-disabled={busy || ready === 0 || undefined} onClick={() => !busy && ready > 0 && bringIn()}>
            {t("submit", { count: ready })}
          </Button>
        </p>
      )}
    </div>
  );
}

function Problems({ problems, wrong }: { problems: PlanCheck["problems"]; wrong: number }) {
  const t = useTranslations("plan");
  return (
    <Note kind="warn">
      <p className="font-strong">{t("problems", { count: wrong })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard */}
      <ul className="grid gap-1 mt-1 max-h-80 overflow-y-auto" tabIndex={0} aria-label={t("problemList")}>
        {problems.map(({ row, column, code, value, firstRow }) => (
          <li key={`${row}-${column}-${code}-${value}`} className="wrap-anywhere">
            {t("row", { row, column: column.replaceAll("_", " ") })}: {t(`code.${code}`, { value, firstRow: firstRow ?? 0 })}
          </li>
        ))}
      </ul>
    </Note>
  );
}

function Mends({ mend }: { mend: PlanCheck["mend"] }) {
  const t = useTranslations("plan");
  const problemText = useProblemText();
  return (
    <Note>
      <p className="font-strong">{t("mend", { count: new Set(mend.map(({ row }) => row)).size })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard */}
      <ul className="grid gap-1 mt-1 max-h-80 overflow-y-auto" tabIndex={0} aria-label={t("problemList")}>
        {mend.map(({ row, platform, code, params }) => (
          <li key={`${row}-${platform}-${code}`}>
            {t("mendRow", { row })}: {problemText({ code, params: { ...params, platform } })}
          </li>
        ))}
      </ul>
    </Note>
  );
}
