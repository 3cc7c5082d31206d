"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import { moveToAction } from "#lib/posts/actions.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { showToast } from "../ui/toast.tsx";
import type { PlanItem } from "./item.ts";

/** Gives a post another time, says so, and takes it back on demand. `place` shows it there at once, until the server has answered. */
export function useMoving(zone: string) {
  const t = useTranslations("calendar.move");
  const locale = useLocale();
  const router = useRouter();
  const answerText = useAnswerText();
  const [busy, start] = useTransition();
  const timeOf = (at: string) => formatInstant(new Date(at), zone, isLocale(locale) ? locale : "id", "near");

  const send = async (item: Pick<PlanItem, "id" | "revision" | "title">, publishAt: string) => {
    const answer = await moveToAction({ postId: item.id, revision: item.revision, publishAt }).catch(unreachable);
    if (answer.ok) router.refresh();
    else showToast(t("refused", { title: item.title, reason: answerText(answer) }));
    return answer;
  };
  const move = (item: PlanItem, publishAt: string, place?: (at: string) => void) =>
    start(async () => {
      place?.(publishAt);
      const answer = await send(item, publishAt);
      if (!answer.ok) return;
      const { from, revision } = answer;
      const takeBack = from === null ? undefined : () => start(async () => void (await send({ ...item, revision }, from)));
      showToast(t("done", { title: item.title, time: timeOf(publishAt) }), takeBack);
    });
  return { move, busy, timeOf };
}
