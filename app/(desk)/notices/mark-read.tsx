"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Answer } from "#lib/core/errors.ts";
import { readAllNoticesAction, readNoticeAction } from "#lib/notices/actions.ts";
import { unreachable, useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";

function useMarking() {
  const router = useRouter();
  const answerText = useAnswerText();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const mark = (call: () => Promise<Answer>, done: () => void) =>
    !pending &&
    start(async () => {
      const answer = await call().catch(unreachable);
      setProblem(answer.ok ? null : answerText(answer));
      if (!answer.ok) return;
      done();
      router.refresh();
    });
  return { problem, pending, mark };
}

const Problem = ({ text }: { text: string | null }) => (
  <span role="status" className="block text-13 text-danger-text">
    {text}
  </span>
);

/** Marks one notice as read where it stands; without a script its link does so too. */
export function MarkRead({ noticeId, title }: { noticeId: string; title: string }) {
  const t = useTranslations("notices");
  const { problem, pending, mark } = useMarking();
  return (
    <div className="needs-script">
      <Button
        kind="quiet"
        small
        aria-disabled={pending || undefined}
        onClick={() =>
          mark(
            () => readNoticeAction({ noticeId }),
            () => {},
          )
        }
      >
        {t("markRead")}
        <span className="sr-only"> {title}</span>
      </Button>
      <Problem text={problem} />
    </div>
  );
}

/** Marks all that came up to the newest one shown; what comes meanwhile stays unread. */
export function MarkAll({ newestId }: { newestId: string }) {
  const t = useTranslations("notices");
  const { problem, pending, mark } = useMarking();
  return (
    <div className="needs-script">
      <Button
        small
        aria-disabled={pending || undefined}
        onClick={() =>
          mark(
            () => readAllNoticesAction({ noticeId: newestId }),
            () => showToast(t("markedAll")),
          )
        }
      >
        {t("markAll")}
      </Button>
      <Problem text={problem} />
    </div>
  );
}
