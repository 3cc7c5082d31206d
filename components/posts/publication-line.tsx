"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import { confirmCommentAction, confirmPublishedAction, giveUpAction, sendAgainAction } from "#lib/posts/actions.ts";
import type { PostPublication } from "#lib/posts/detail.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { type Handwork, ManualPackage } from "./manual-package.tsx";

type Props = {
  publication: PostPublication;
  zone: string;
  maySettle: boolean;
  /** What is published by hand here, while it waits for that. */
  handwork?: Handwork;
};

/** One channel of a post: where it stands, its address when it is out, and what a person has to do. */
export function PublicationLine({ publication: p, zone, maySettle, handwork }: Props) {
  const t = useTranslations("posts.publication");
  const locale = useLocale();
  const time = formatInstant(new Date(p.dueAt), zone, isLocale(locale) ? locale : "id", "short");
  const said = (key: string) => (t.has(key as "problem.gave-up") ? t(key as "problem.gave-up") : null);
  const problem =
    p.problem && [said(`problem.${p.problem.code}`) ?? t("problem.other"), said(`reason.${p.problem.reason}`)].filter(Boolean).join(" ");
  const asks = p.state === "manual" || p.asksPerson || p.state === "failed";
  return (
    <li className="publication">
      <div className="min-w-0">
        <p className="font-strong">
          <PlatformMark platform={p.platform} />{" "}
          <span className="font-body text-ink-3 text-13">
            {p.isComment ? t("firstComment") : null} {p.handle}
          </span>
        </p>
        <p className="text-13 text-ink-2">
          {t(`state.${p.state}`, { time })} {problem}
          {p.problem?.detail ? ` (${p.problem.detail})` : null}
        </p>
      </div>
      {p.permalink && /^https?:\/\//.test(p.permalink) ? (
        <a className="link text-13" href={p.permalink} target="_blank" rel="noopener noreferrer">
          {t("open", { platform: p.platform })}
        </a>
      ) : (
        <span />
      )}
      {handwork && <ManualPackage platform={p.platform} handwork={handwork} />}
      {asks && maySettle && (p.isComment ? <SettleComment publication={p} /> : <Settle publication={p} />)}
    </li>
  );
}

/** Our first comment is looked at under its post; it has no address of its own to paste. */
function SettleComment({ publication: p }: { publication: PostPublication }) {
  const t = useTranslations("posts.publication");
  const answerText = useAnswerText();
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const run = (act: () => ReturnType<typeof sendAgainAction>) =>
    start(async () => {
      const answer = await act().catch(unreachable);
      setError(answer.ok ? undefined : answerText(answer));
    });
  return (
    <div className="below grid gap-2">
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button small aria-disabled={busy || undefined} onClick={() => !busy && run(() => confirmCommentAction({ publicationId: p.id }))}>
          {t("commentThere")}
        </Button>
        <Button
          small
          kind="quiet"
          aria-disabled={busy || undefined}
          onClick={() => !busy && run(() => sendAgainAction({ publicationId: p.id }))}
        >
          {t("again")}
        </Button>
      </div>
    </div>
  );
}

function Settle({ publication: p }: { publication: PostPublication }) {
  const t = useTranslations("posts.publication");
  const answerText = useAnswerText();
  const [permalink, setPermalink] = useState("");
  const [sure, setSure] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, start] = useTransition();
  const run = (act: () => ReturnType<typeof sendAgainAction>) =>
    start(async () => {
      setError(undefined);
      const answer = await act().catch(unreachable);
      if (!answer.ok) setError(answerText(answer));
    });
  return (
    <ScriptForm
      className="below grid gap-2 max-w-[520px]"
      onSubmit={(event) => {
        event.preventDefault();
        run(() => confirmPublishedAction({ publicationId: p.id, permalink }));
      }}
    >
      <Field id={`tautan-${p.id}`} label={p.state === "manual" ? t("pasteManual") : t("pasteFound")} error={error}>
        {(control) => (
          <Input {...control} inputMode="url" placeholder="https://" value={permalink} onChange={(e) => setPermalink(e.target.value)} />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" small aria-disabled={busy || undefined}>
          {t("confirm")}
        </Button>
        {p.state !== "manual" && (
          <Button
            small
            kind="quiet"
            aria-disabled={busy || undefined}
            onClick={() => !busy && run(() => sendAgainAction({ publicationId: p.id }))}
          >
            {t(p.state === "unknown" ? "notOut" : "again")}
          </Button>
        )}
        {p.state !== "unknown" && (
          <Button
            small
            kind={sure ? "danger" : "quiet"}
            aria-disabled={busy || undefined}
            onClick={() => (sure ? !busy && run(() => giveUpAction({ publicationId: p.id })) : setSure(true))}
            onBlur={() => setSure(false)}
          >
            {t(sure ? "giveUpSure" : "giveUp")}
          </Button>
        )}
      </div>
    </ScriptForm>
  );
}
