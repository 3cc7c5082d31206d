import { getLocale, getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import { type Filling, fill } from "#lib/inbox/replies/canned-rules.ts";
import { suggestionsFor } from "#lib/inbox/replies/suggesting.ts";
import { InsertButton } from "./insert-button.tsx";

const SHOWN = 3;
type Props = { actor: Actor; caseId: string; zone: string; filling: Filling };

/** Answers that were given to like questions or stand ready, three at most. One is put into the box; nothing is sent by it. */
export async function Suggestions({ actor, caseId, zone, filling }: Props) {
  const [t, locale, found] = await Promise.all([getTranslations("inbox.suggest"), getLocale(), suggestionsFor(actor, caseId)]);
  const dayOf = (at: Date | null) => (at ? formatInstant(at, zone, isLocale(locale) ? locale : "id", "date") : "");
  const shown = found.slice(0, SHOWN);
  if (!shown.length) return null;
  return (
    <details className="suggestions needs-script">
      <summary>{t("heading", { count: shown.length })}</summary>
      <ul>
        {shown.map(({ id, source, text, at, by }) => (
          <li key={id}>
            <p className="text-13 text-ink-3">
              {source === "canned" ? t("canned", { name: by ?? "" }) : t("earlier", { date: dayOf(at), name: by || t("official") })}
            </p>
            <p className="said text-14">{source === "canned" ? fill(text, filling) : text}</p>
            <InsertButton text={source === "canned" ? fill(text, filling) : text}>{t("use")}</InsertButton>
          </li>
        ))}
      </ul>
    </details>
  );
}
