"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";
import { CitizenName, CitizenWords } from "./citizen-words.tsx";
import type { LastSaid } from "./use-moved.ts";

type Props = { news: NonNullable<LastSaid>; zone: string; onSend: () => void; onChange: () => void };

/** What came while an answer was written, shown above it: it is sent all the same, or changed first. */
export function Moved({ news, zone, onSend, onChange }: Props) {
  const t = useTranslations("inbox.moved");
  return (
    <section className="moved" aria-label={t("label")} role="alert">
      <p className="text-13">
        <b>{t(news.ours ? "answered" : "said")}</b> <CitizenName name={news.name} />, <Time at={news.at} zone={zone} style="near" />
      </p>
      <CitizenWords text={news.text} />
      <div className="flex flex-wrap gap-2">
        <Button small onClick={onSend}>
          {t("send")}
        </Button>
        <Button small kind="quiet" onClick={onChange}>
          {t("change")}
        </Button>
      </div>
    </section>
  );
}
