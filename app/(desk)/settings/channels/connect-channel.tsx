"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId, useRef, useState, useTransition } from "react";
import { beginConsentAction, connectChannelAction } from "#lib/channels/actions.ts";
import type { Answer } from "#lib/core/errors.ts";
import type { Mode, Platform } from "#lib/platforms/contract.ts";
import { platformNames } from "@/components/posts/platform-names.ts";
import { useAnswerText, useProblemText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { Note } from "@/components/ui/note.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";
import { ChoosePlatform } from "./choose-platform.tsx";

type Entry = { platform: Platform; mode: Mode; identifier: string; secret: string };

type Props = {
  unit: { id: string; name: string };
  ways: Ways;
  /** An account whose access has to be renewed: its platform and name are known. */
  again?: { channelId: string; name: string } & Omit<Entry, "secret">;
  icon?: ReactNode;
};

/** How an account of each platform can be connected: its modes, the preferred one first; by the platform's consent page; by a key. */
export type Ways = Record<Platform, { modes: Mode[]; consent: boolean; key: boolean }>;

/** The platforms whose accounts are connected with a key, each asked for in its own words. */
const keyed = ["facebook", "instagram", "threads", "bluesky", "telegram", "x", "whatsapp"] as const;
const kindOf = ({ platform, mode }: Entry) => keyed.find((each) => mode === "api" && each === platform) ?? "other";

/** The button and the form that connect an account. What was typed stays, also when the window is closed in between. */
export function ConnectChannel({ unit, ways, again, icon }: Props) {
  const t = useTranslations("channels.connect");
  const router = useRouter();
  const answerText = useAnswerText();
  const problemText = useProblemText();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const fresh: Entry = { ...(again ?? { platform: "facebook", mode: "api", identifier: "" }), secret: "" };
  const [open, setOpen] = useState(false);
  const [entry, setEntry] = useState(fresh);
  const [byKey, setByKey] = useState(false);
  const [failed, setFailed] = useState<Exclude<Answer, { ok: true }> | null>(null);
  const [pending, start] = useTransition();

  const change = (part: Partial<Entry>) => {
    setEntry((before) => ({ ...before, ...part }));
    setFailed(null);
  };
  const problemOf = (field: string) => {
    const problem = failed?.problems.find((each) => each.field === field);
    return problem && problemText(problem);
  };
  const connect = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    start(async () => {
      const secret = entry.mode === "api" ? entry.secret : "";
      const answer = await attempt(connectChannelAction({ ...entry, secret, unitId: unit.id }));
      if (!answer.ok) {
        setFailed(answer);
        requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
        return;
      }
      setOpen(false);
      setEntry(fresh);
      setFailed(null);
      router.refresh();
      showToast(t(entry.mode === "api" ? "connected" : "noted", { name: again?.name ?? entry.identifier }));
    });
  };

  const { consent, key } = ways[entry.platform];
  const asksConsent = entry.mode === "api" && consent && !byKey;
  const goToPlatform = () =>
    start(async () => {
      const answer = await attempt(beginConsentAction({ unitId: unit.id, platform: entry.platform, channelId: again?.channelId ?? null }));
      if (!answer.ok) return setFailed(answer);
      window.location.assign(answer.url);
    });

  const kind = kindOf(entry);
  const elsewhere = failed && !failed.problems.some(({ field }) => field);
  return (
    <>
      <Button kind={again ? "plain" : "primary"} small={Boolean(again)} icon={icon} onClick={() => setOpen(true)}>
        {t(again ? "againOpen" : "open")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={again ? t("againTitle", { name: again.name }) : t("title")}
        closeLabel={t("close")}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
            {asksConsent ? (
              <Button kind="primary" aria-disabled={pending || undefined} onClick={() => !pending && goToPlatform()}>
                {t("toPlatform", { platform: platformNames[entry.platform] })}
              </Button>
            ) : (
              <Button kind="primary" type="submit" form={`${id}-form`} aria-disabled={pending || undefined}>
                {t(again ? "againSubmit" : entry.mode === "api" ? "submit" : "note")}
              </Button>
            )}
          </>
        }
      >
        <form id={`${id}-form`} ref={form} onSubmit={connect} noValidate className="grid gap-4 pt-1" autoComplete="off">
          {!again && (
            <>
              <p className="text-ink-2">{t("belongs", { unit: unit.name })}</p>
              <ChoosePlatform
                id={`${id}-platform`}
                platform={entry.platform}
                mode={entry.mode}
                modes={ways[entry.platform].modes}
                preferred={(platform) => ways[platform].modes[0] ?? "manual"}
                error={problemOf("platform")}
                // A key typed for one platform must not reach another.
                choose={(platform, mode) => change({ platform, mode, ...(platform !== entry.platform && { secret: "" }) })}
              />
            </>
          )}
          {asksConsent && <p className="text-ink-2">{t("consentHint", { platform: platformNames[entry.platform] })}</p>}
          {entry.mode === "api" && consent && key && (
            <p>
              <button type="button" className="link text-13" onClick={() => setByKey(!byKey)}>
                {t(byKey ? "byConsent" : "byKey")}
              </button>
            </p>
          )}
          {!asksConsent && (
            <Field
              id={`${id}-identifier`}
              label={t(`identifier.${kind}`)}
              hint={t(`identifierHint.${kind}`)}
              error={problemOf("identifier")}
            >
              {(control) => (
                <Input
                  {...control}
                  value={entry.identifier}
                  onChange={(event) => change({ identifier: event.target.value })}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  inputMode={kind === "facebook" ? "numeric" : undefined}
                  maxLength={200}
                />
              )}
            </Field>
          )}
          {!asksConsent && kind !== "other" && (
            <Field id={`${id}-secret`} label={t(`secret.${kind}`)} hint={t(`secretHint.${kind}`)} error={problemOf("secret")}>
              {(control) => (
                <Input
                  {...control}
                  type="password"
                  value={entry.secret}
                  onChange={(event) => change({ secret: event.target.value })}
                  autoComplete="off"
                  maxLength={2000}
                />
              )}
            </Field>
          )}
          {(asksConsent || kind !== "other") && <p className="text-13 text-ink-3">{t("secretKept")}</p>}
          <div role="status" className="empty:-mt-4">
            {pending && entry.mode === "api" && (
              <p className="text-13 text-ink-2">{t("asking", { platform: platformNames[entry.platform] })}</p>
            )}
            {elsewhere && <Note kind="danger">{answerText(failed)}</Note>}
          </div>
        </form>
      </Dialog>
    </>
  );
}
