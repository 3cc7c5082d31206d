"use client";

import { useTranslations } from "next-intl";
import { Time } from "../ui/time.tsx";
import type { Draft } from "./use-draft.ts";

/** Where the words lie, and the other words that were written elsewhere. `shared`: on the server too. */
export function DraftLine({ draft, zone, shared }: { draft: Draft; zone: string; shared: boolean }) {
  const t = useTranslations("inbox.compose");
  const { text, keptAt, other, write, dropOther } = draft;
  const swap = () => {
    if (other === null) return;
    write(other);
    dropOther();
  };
  return (
    <span>
      {text &&
        (shared && keptAt ? (
          <>
            {t("draftOnServer")} <Time at={keptAt} zone={zone} style="time" />
          </>
        ) : (
          t("draftKept")
        ))}
      {other !== null && (
        <>
          {" "}
          {t("otherDraft")}{" "}
          <button type="button" className="link" onClick={swap}>
            {t("takeOther")}
          </button>
        </>
      )}
    </span>
  );
}
