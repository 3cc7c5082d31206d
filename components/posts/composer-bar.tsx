import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { fieldOfInstant, instantOfField } from "#lib/units/local-time.ts";
import { useAnswerText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import Link from "../ui/link.tsx";
import { Sign } from "./sign.tsx";
import type { Saving } from "./use-draft.ts";

type Props = {
  state: React.ReactNode;
  saving: Saving;
  draftId: string | null;
  /** Why it was not submitted. */
  refused: string | null;
  publishAt: string | null;
  zone: Zone;
  zoneLabel: string;
  blocked: boolean;
  onTime: (publishAt: string | null) => void;
  onSubmit: () => void;
};

/** What stays in sight while one writes: whether it is saved, when it goes out, and handing it over. */
export function ComposerBar({ state, saving, draftId, refused, publishAt, zone, zoneLabel, blocked, onTime, onSubmit }: Props) {
  const t = useTranslations("posts.composer");
  return (
    <div className="footer-bar composer-bar">
      <div className="footer-words">
        {state}
        <span className="text-13 text-ink-3" role="status">
          <SavedWords saving={saving} zone={zone} />
        </span>
        {refused && (
          <span className="text-13 text-danger-text font-label" role="alert">
            {refused}
          </span>
        )}
      </div>
      {draftId && (
        <p className="composer-emergency">
          <Link className="link text-13" href={`/posts/${draftId}/emergency` as Route}>
            {t("emergency")}
          </Link>
        </p>
      )}
      <label className="schedule-field">
        <Sign name="clock" />
        <span className="sr-only">{t("publishAt", { zone: zoneLabel })}</span>
        <input
          type="datetime-local"
          value={fieldOfInstant(publishAt, zone)}
          onChange={(e) => onTime(instantOfField(e.target.value, zone))}
        />
        <span aria-hidden="true">{zoneLabel}</span>
      </label>
      <Button kind="primary" aria-disabled={blocked || undefined} onClick={() => !blocked && onSubmit()}>
        {t("submit")}
      </Button>
    </div>
  );
}

function SavedWords({ saving, zone }: { saving: Saving; zone: Zone }) {
  const t = useTranslations("posts.composer");
  const locale = useLocale();
  const answerText = useAnswerText();
  switch (saving.state) {
    case "idle":
      return t("idle");
    case "waiting":
    case "saving":
      return t("saving");
    case "saved":
      return t("saved", { time: formatInstant(saving.at, zone, isLocale(locale) ? locale : "id", "time") });
    case "offline":
      return t("offline");
    case "conflict":
      return t("conflict");
    case "expired":
      return t.rich("expired", {
        link: (words) => (
          <a className="link" href="/login" target="_blank" rel="noopener">
            {words}
          </a>
        ),
      });
    case "failed":
      return t("notSaved", { reason: answerText(saving.answer) });
  }
}
