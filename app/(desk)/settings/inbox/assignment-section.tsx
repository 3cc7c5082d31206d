import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { assignmentSettings } from "#lib/inbox/work/assigning-settings.ts";
import { startOfDay, type Zone } from "#lib/units/calendar.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { Section } from "@/components/ui/section.tsx";
import { AssignmentForm } from "./assignment-form.tsx";

/** To whom a unit's new cases are given. */
export async function AssignmentSection({ actor, unit }: { actor: Actor; unit: UnitCard }) {
  const [t, settings, locale] = await Promise.all([getTranslations("inbox.assignment"), assignmentSettings(actor, unit.id), readLocale()]);
  const { assignment, from, today } = settings;
  const day = from ? formatInstant(startOfDay(from.validFrom, unit.zone as Zone), unit.zone, locale, "date") : "";
  const standsHere = from?.unitId === unit.id;
  return (
    <Section id="pembagian" title={t("heading")}>
      <p className="text-13 text-ink-2 mb-4">{from ? t(standsHere ? "own" : "inherited", { unit: from.shortName, day }) : t("default")}</p>
      <AssignmentForm
        key={`${unit.id} ${from?.unitId} ${JSON.stringify(assignment)}`}
        unitId={unit.id}
        assignment={assignment}
        today={today}
        mayInherit={standsHere && unit.id !== unit.governmentId}
      />
    </Section>
  );
}
