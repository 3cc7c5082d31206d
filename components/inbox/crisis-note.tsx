import type { Route } from "next";
import { useTranslations } from "next-intl";
import { type Actor, may } from "#lib/core/access.ts";
import { type Crisis, openCrises } from "#lib/inbox/topics/crisis-queries.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { Icon } from "../ui/icon.tsx";
import Link from "../ui/link.tsx";
import { Note } from "../ui/note.tsx";

/** Over the inbox while many like comments come in at once; nothing while there are none. */
export function CrisisNote({ crises }: { crises: readonly Crisis[] }) {
  const t = useTranslations("crisis");
  const name = useTranslations("topics.name");
  if (!crises.length) return null;
  return (
    <Note kind="danger" icon={<Icon name="alert" />} role="status">
      <ul className="grid gap-1">
        {crises.slice(0, 3).map(({ id, topic, word, count, takenBy }) => (
          <li key={id} className="wrap-anywhere">
            <b>{t("note", { title: topic ? name(topic) : `“${word}”`, count })}</b>{" "}
            {takenBy ? t("takenBy", { name: takenBy }) : t("notTaken")}
          </li>
        ))}
      </ul>
      <Link className="underline" href={"/inbox/crisis" as Route}>
        {t("open")}
      </Link>
    </Note>
  );
}

/** The same where it is not known yet whether there are any. */
export async function CrisisBanner({ actor, unit }: { actor: Actor; unit: UnitCard }) {
  if (!may(actor, "inbox.read")) return null;
  const crises = await openCrises(actor, unit.governmentId);
  return crises.length > 0 ? (
    <div className="mb-6">
      <CrisisNote crises={crises} />
    </div>
  ) : null;
}
