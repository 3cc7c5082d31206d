"use client";

import { useTranslations } from "next-intl";
import { stopWaitingAction, waitForCitizenAction } from "#lib/inbox/actions.ts";
import { Button } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

/** The citizen has the next word: the time of the resolution stands still, and goes on when he writes or somebody says so. */
export function WaitingButton({ caseId, revision, waits }: { caseId: string; revision: number; waits: boolean }) {
  const t = useTranslations("inbox.waitingFor");
  const { working, work } = useWork();
  const press = () =>
    work(
      () => (waits ? stopWaitingAction : waitForCitizenAction)({ caseId, revision }),
      () => showToast(t(waits ? "stopped" : "begun")),
    );
  return (
    <Button
      small
      className="mt-3 needs-script"
      aria-pressed={waits}
      aria-disabled={working || undefined}
      onClick={working ? undefined : press}
    >
      {t(waits ? "stop" : "begin")}
    </Button>
  );
}
