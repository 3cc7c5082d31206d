"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { withdrawObjectionAction } from "#lib/scores/actions.ts";
import { useSending } from "@/components/scores/use-sending.ts";
import { Button } from "@/components/ui/button.tsx";
import { showToast } from "@/components/ui/toast.tsx";

/** The unit takes its objection back before it is decided. */
export function WithdrawButton({ objectionId, revision }: { objectionId: string; revision: number }) {
  const t = useTranslations("objections.detail");
  const router = useRouter();
  const { send, busy, errorBeside } = useSending();
  const error = errorBeside([]);
  const withdraw = () =>
    send(
      () => withdrawObjectionAction({ objectionId, revision }),
      () => {
        showToast(t("withdrawDone"));
        router.refresh();
      },
    );
  return (
    <section className="needs-script">
      <Button aria-disabled={busy || undefined} onClick={withdraw}>
        {t("withdraw")}
      </Button>
      <div role="status">{error && <p className="error">{error}</p>}</div>
    </section>
  );
}
