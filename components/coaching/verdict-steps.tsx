"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FurtherAccount } from "#lib/coaching/accounts/list.ts";
import { type Verdict, verdicts } from "#lib/coaching/accounts/verdict-rules.ts";
import { agreeVerdictAction, finishVerdictAction, proposeVerdictAction, withdrawVerdictAction } from "#lib/coaching/actions.ts";
import { ScriptForm } from "@/components/ui/script-form.tsx";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Select, Textarea } from "../ui/field.tsx";

type Props = {
  channelId: string;
  /** The account's platform and name, for those who hear a button and not its row. */
  about: string;
  verdict: FurtherAccount["verdict"];
  others: { id: string; name: string }[];
  manages: boolean;
  answers: boolean;
};

/** What is proposed for an account, and the next step for whoever may take it. */
export function VerdictSteps({ channelId, about, verdict, others, manages, answers }: Props) {
  const t = useTranslations("coaching.accounts");
  const { busy, save, refused } = useSaving();
  const hidden = <span className="sr-only"> {about}</span>;
  if (!verdict) return manages ? <Propose channelId={channelId} about={about} others={others} /> : null;
  const ref = { verdictId: verdict.id, revision: verdict.revision };
  const step = (call: () => ReturnType<typeof agreeVerdictAction>, said: string) => () => save(call, said);
  return (
    <div className="grid gap-1.5 justify-items-start py-1.5">
      <p>
        <b className="font-strong">{t(`verdict.${verdict.verdict}`, { into: verdict.into ?? "" })}</b>
        {verdict.verdict !== "keep" && verdict.state !== "withdrawn" && (
          <span className="text-13 text-ink-3">, {t(`state.${verdict.state}`)}</span>
        )}
      </p>
      <p className="text-13 text-ink-2 break-words">{verdict.reason}</p>
      <div className="flex flex-wrap gap-2">
        {answers && verdict.state === "proposed" && (
          <Button small aria-disabled={busy || undefined} onClick={step(() => agreeVerdictAction(ref), t("agreed"))}>
            {t("agree")}
            {hidden}
          </Button>
        )}
        {manages && verdict.state === "agreed" && (
          <Button small aria-disabled={busy || undefined} onClick={step(() => finishVerdictAction(ref), t("finished"))}>
            {t("finish")}
            {hidden}
          </Button>
        )}
        {manages && (
          <Button small kind="quiet" aria-disabled={busy || undefined} onClick={step(() => withdrawVerdictAction(ref), t("withdrawn"))}>
            {t("withdraw")}
            {hidden}
          </Button>
        )}
      </div>
      <div role="status">{refused && <p className="error">{refused}</p>}</div>
    </div>
  );
}

function Propose({ channelId, about, others }: Pick<Props, "channelId" | "about" | "others">) {
  const t = useTranslations("coaching.accounts");
  const all = useTranslations("coaching");
  const choices = others.length ? verdicts : verdicts.filter((one) => one !== "merge");
  const [open, setOpen] = useState(false);
  const [verdict, setVerdict] = useState<Verdict>(choices[0] ?? "close");
  const [into, setInto] = useState(others[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const { busy, save, errorOf, refused } = useSaving();
  const form = `usul-${channelId}`;
  return (
    <>
      <Button small onClick={() => setOpen(true)}>
        {t("propose")}
        <span className="sr-only"> {about}</span>
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`${t("propose")}: ${about}`}
        closeLabel={all("meeting.cancel")}
        actions={
          <Button type="submit" form={form} kind="primary" aria-disabled={busy || undefined}>
            {t("send")}
          </Button>
        }
      >
        <ScriptForm
          id={form}
          className="grid gap-4 pt-2"
          onSubmit={(event) => {
            event.preventDefault();
            const input = { channelId, verdict, intoChannelId: verdict === "merge" ? into : null, reason };
            save(() => proposeVerdictAction(input), t(verdict === "keep" ? "keptDone" : "sent"));
          }}
        >
          <Field id={`${form}-apa`} label={t("what")} error={errorOf("verdict")}>
            {(control) => (
              <Select {...control} value={verdict} onChange={(event) => setVerdict(event.target.value as Verdict)}>
                {choices.map((each) => (
                  <option key={each} value={each}>
                    {t(`choice.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {verdict === "merge" && (
            <Field id={`${form}-ke`} label={t("into")} error={errorOf("intoChannelId")}>
              {(control) => (
                <Select {...control} value={into} onChange={(event) => setInto(event.target.value)}>
                  {others.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field id={`${form}-alasan`} label={t("reason")} error={errorOf("reason")}>
            {(control) => (
              <Textarea {...control} rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
          <div role="status">{refused && <p className="error">{refused}</p>}</div>
        </ScriptForm>
      </Dialog>
    </>
  );
}
