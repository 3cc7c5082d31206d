"use client";

import { useTranslations } from "next-intl";
import { countUseAction, retireExemplarAction } from "#lib/coaching/actions.ts";
import { useSaving } from "../inbox/use-saving.ts";
import { Button } from "../ui/button.tsx";

/** Copies the card's text for a draft of one's own, and counts that it was used. */
export function UseCard({ exemplarId, unitId, title, text }: { exemplarId: string; unitId: string; title: string; text: string }) {
  const t = useTranslations("coaching.exemplars");
  const { busy, save, refused } = useSaving();
  const use = async () => {
    await navigator.clipboard.writeText(text).catch(() => {});
    return countUseAction({ exemplarId, unitId });
  };
  return (
    <>
      <Button small aria-disabled={busy || undefined} onClick={() => save(use, t("copied"))}>
        {t("use")}
        <span className="sr-only">: {t("about", { title })}</span>
      </Button>
      {refused && <p className="error">{refused}</p>}
    </>
  );
}

export function RetireCard({ exemplarId, title }: { exemplarId: string; title: string }) {
  const t = useTranslations("coaching.exemplars");
  const { busy, save } = useSaving();
  return (
    <Button
      small
      kind="quiet"
      aria-disabled={busy || undefined}
      onClick={() => save(() => retireExemplarAction({ exemplarId }), t("retired"))}
    >
      {t("retire")}
      <span className="sr-only">: {t("about", { title })}</span>
    </Button>
  );
}
