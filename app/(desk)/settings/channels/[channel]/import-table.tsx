"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import type { Answer } from "#lib/core/errors.ts";
import type { ImportCheck, Imported } from "#lib/posts/imports/importing.ts";
import { mostImportBytes } from "#lib/posts/imports/rules.ts";
import { localDay, type Zone } from "#lib/units/calendar.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { ImportFindings } from "./import-findings.tsx";
import { ImportMapping } from "./import-mapping.tsx";
import { type Options, sendTable } from "./send-table.ts";

type Props = { channelId: string; zone: Zone; template: readonly string[] };

const asTold: Options = { columns: null, dayOrder: null, zone: null, asOf: null };

/** A table of an account's posts or followers: looked over first, its columns mapped where need be, taken in only when the person says so. */
export function ImportTable({ channelId, zone, template }: Props) {
  const t = useTranslations("figures.import");
  const answerText = useAnswerText();
  const router = useRouter();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [options, setOptions] = useState<Options>(asTold);
  const [check, setCheck] = useState<ImportCheck | null>(null);
  const [failed, setFailed] = useState<Exclude<Answer, { ok: true }> | null>(null);
  const [done, setDone] = useState<Imported | null>(null);
  const [busy, setBusy] = useState(false);

  const asked = useRef(0);

  const lookOver = async (chosen: File, next: Options) => {
    asked.current += 1;
    const turn = asked.current;
    setOptions(next);
    setFailed(null);
    setBusy(true);
    const answer = await sendTable("check", channelId, chosen, next);
    if (turn !== asked.current) return; // asked anew since
    setBusy(false);
    if (answer.ok) return setCheck(answer.check);
    setCheck(null);
    setFailed(answer);
  };
  const choose = (chosen: File | undefined) => {
    asked.current += 1;
    setBusy(false);
    setFile(chosen ?? null);
    setCheck(null);
    setDone(null);
    setFailed(null);
    if (!chosen) return;
    if (chosen.size > mostImportBytes) return setFailed({ ok: false, problems: [{ field: "file", code: "import-file-too-large" }] });
    lookOver(chosen, { ...asTold, asOf: localDay(new Date(chosen.lastModified), zone) });
  };
  const takeIn = async () => {
    if (!file) return;
    setBusy(true);
    setFailed(null);
    const answer = await sendTable("import", channelId, file, options);
    setBusy(false);
    if (!answer.ok) return setFailed(answer);
    setDone(answer.done);
    setCheck(null);
    setFile(null);
    // The page's own figures are read anew.
    router.refresh();
  };
  const usable = check ? check.fates.fresh + check.fates.renewed : 0;
  const example = `${template.join(";")}\r\n`;

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <p className="text-ink-2 max-w-[70ch]">
        {t("what")}{" "}
        <a className="link" download="unggahan.csv" href={`data:text/csv;charset=utf-8,%EF%BB%BF${encodeURIComponent(example)}`}>
          {t("template")}
        </a>
      </p>
      <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_220px]">
        <Field id={`${id}-file`} label={t("file")} hint={t("fileHint")} error={failed ? answerText(failed) : undefined}>
          {(control) => (
            <input
              {...control}
              className="w-full min-w-0"
              type="file"
              accept=".csv,.xlsx,.txt,.tsv,text/csv"
              onChange={(event) => choose(event.target.files?.[0])}
            />
          )}
        </Field>
        {file && check?.what !== "followers" && (
          <Field id={`${id}-as-of`} label={t("asOf")} hint={t("asOfHint")}>
            {(control) => (
              <Input
                {...control}
                type="date"
                value={options.asOf ?? ""}
                onChange={(event) => event.target.value && lookOver(file, { ...options, asOf: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      <div role="status" className="grid gap-3 empty:hidden">
        {busy && <p>{t("busy")}</p>}
        {done && <p className="font-strong">{t(`done.${done.what}`, { ...done.fates, wrong: done.wrong })}</p>}
      </div>
      {check && file && (
        <>
          <ImportMapping check={check} zone={zone} options={options} change={(next) => lookOver(file, next)} />
          {check.missing.length === 0 && <ImportFindings check={check} />}
          <p>
            <Button kind="primary" aria-disabled={busy || usable === 0 || undefined} onClick={() => !busy && usable > 0 && takeIn()}>
              {t(`submit.${check.what}`, { count: usable })}
            </Button>
          </p>
        </>
      )}
    </div>
  );
}
