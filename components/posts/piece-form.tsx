"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { keepPieceAction } from "#lib/posts/actions.ts";
import { type PieceKind, pieceKinds } from "#lib/posts/piece-kinds.ts";
import type { Pillar } from "#lib/posts/rules.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { unreachable, useAnswerText, useProblemText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Field, Input, Textarea } from "../ui/field.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import { PillarSelect } from "./pillar-select.tsx";

type Failed = Exclude<Answer, { ok: true }>;
type Props = {
  unitId: string;
  piece: { id: string | null; kind: PieceKind; name: string; text: string; pillar: Pillar | null };
  onKept: () => void;
  onCancel: () => void;
};

/** Writes a piece of the content bank, new or known. */
export function PieceForm({ unitId, piece, onKept, onCancel }: Props) {
  const t = useTranslations("bank");
  const answerText = useAnswerText();
  const problemText = useProblemText();
  const [form, setForm] = useState(piece);
  const [failed, setFailed] = useState<Failed | null>(null);
  const [sending, setSending] = useState(false);
  const problem = (field: string) => {
    const found = failed?.problems.find((p) => p.field === field);
    return found && problemText(found);
  };
  const keep = async () => {
    if (sending) return;
    setSending(true);
    const { id: pieceId, ...content } = form;
    const answer = await keepPieceAction({ pieceId, unitId, ...content }).catch(unreachable);
    setSending(false);
    if (!answer.ok) return setFailed(answer);
    onKept();
  };
  return (
    <ScriptForm
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <Segments label={t("kind")}>
        {pieceKinds.map((kind) => (
          <Segment key={kind} pressed={form.kind === kind} onClick={() => setForm({ ...form, kind })}>
            {t(`kinds.${kind}`)}
          </Segment>
        ))}
      </Segments>
      <Field id="potongan-nama" label={t("name")} error={problem("name")}>
        {(control) => (
          <Input {...control} value={form.name} maxLength={80} required onChange={(e) => setForm({ ...form, name: e.target.value })} />
        )}
      </Field>
      <Field id="potongan-isi" label={t("text")} error={problem("text")}>
        {(control) => (
          <Textarea
            {...control}
            rows={5}
            value={form.text}
            maxLength={5_000}
            required
            onChange={(e) => setForm({ ...form, text: e.target.value })}
          />
        )}
      </Field>
      <Field id="potongan-pilar" label={t("pillar")}>
        {(control) => (
          <PillarSelect {...control} none={t("noPillar")} value={form.pillar} onPillar={(pillar) => setForm({ ...form, pillar })} />
        )}
      </Field>
      {failed && !failed.problems.length && (
        <p className="error" role="alert">
          {answerText(failed)}
        </p>
      )}
      <p className="flex gap-2">
        <Button type="submit" kind="primary" aria-disabled={sending || undefined}>
          {t("keep")}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </p>
    </ScriptForm>
  );
}
