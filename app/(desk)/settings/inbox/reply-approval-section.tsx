import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { readLocale } from "#lib/core/i18n.ts";
import { formatInstant } from "#lib/core/text.ts";
import { replyApprovalSettings } from "#lib/inbox/replies/approving.ts";
import { startOfDay, type Zone } from "#lib/units/calendar.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { Section } from "@/components/ui/section.tsx";
import { ReplyApprovalForm } from "./reply-approval-form.tsx";

/** Which answers of a unit wait for somebody's yes. */
export async function ReplyApprovalSection({ actor, unit }: { actor: Actor; unit: UnitCard }) {
  const [t, settings, locale] = await Promise.all([
    getTranslations("inbox.replyApproval"),
    replyApprovalSettings(actor, unit.id),
    readLocale(),
  ]);
  const { approval, from, today } = settings;
  const day = from ? formatInstant(startOfDay(from.validFrom, unit.zone as Zone), unit.zone, locale, "date") : "";
  const standsHere = from?.unitId === unit.id;
  return (
    <Section id="persetujuan-jawaban" title={t("heading")}>
      <p className="text-13 text-ink-2 mb-4">{from ? t(standsHere ? "own" : "inherited", { unit: from.shortName, day }) : t("default")}</p>
      <ReplyApprovalForm
        key={`${unit.id} ${from?.unitId} ${JSON.stringify(approval)}`}
        unitId={unit.id}
        approval={approval}
        today={today}
        mayInherit={standsHere && unit.id !== unit.governmentId}
      />
    </Section>
  );
}
