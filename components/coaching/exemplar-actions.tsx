"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { countUseAction, retireExemplarAction } from "#lib/coaching/actions.ts";
import { useSaving } from "../inbox/use-saving.ts";
import { useSending } from "../scores/use-sending.ts";
import { Button } from "../ui/button.tsx";

/** Begins a draft of one's own from the card, and counts that it was used. */
export function UseCard({ exemplarId, unitId, title }: { exemplarId: string; unitId: string; title: string }) {
  const t = useTranslations("coaching.exemplars");
  const router = useRouter();
  const { send, busy, errorBeside } = useSending();
  const refused = errorBeside([]);
  const use = () =>
    send(
      () => countUseAction({ exemplarId, unitId }),
      () => router.push(`/posts/new?exemplar=${exemplarId}` as Route),
    );
  return (
    <>
      <Button small aria-disabled={busy || undefined} onClick={use}>
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
