import type { Route } from "next";
import { useTranslations } from "next-intl";
import { type Actor, may } from "#lib/core/access.ts";
import { type Hearing, hearingOf } from "#lib/inbox/intake/hearing-queries.ts";
import { onDutyNow } from "#lib/inbox/roster/queries.ts";
import { type Crisis, openCrises } from "#lib/inbox/topics/crisis-queries.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import Link from "@/components/ui/link.tsx";
import { Icon } from "../ui/icon.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { CrisisNote } from "./crisis-note.tsx";
import { HearingLine } from "./hearing-line.tsx";

export type Status = { onDuty: string[]; hearing: Hearing[]; managesRequests: boolean; crises: Crisis[] };

/** What is to be known of an inbox beside its cases. */
export async function readStatus(actor: Actor, unit: UnitCard): Promise<Status> {
  const [onDuty, hearing, crises] = await Promise.all([
    onDutyNow(actor, unit),
    hearingOf(actor, unit),
    openCrises(actor, unit.governmentId),
  ]);
  return { onDuty, hearing, crises, managesRequests: may(actor, "ppid.manage") };
}

/** Who is on duty, whether the accounts are heard, and the ways to LAPOR! and the register. */
export function InboxStatus({ onDuty, hearing, managesRequests, crises }: Status) {
  const t = useTranslations("roster");
  const crisis = useTranslations("crisis");
  const deaf = hearing.filter(({ deafSince }) => deafSince).length;
  return (
    <>
      {crises.length > 0 && (
        <div className="px-4 pt-2">
          <CrisisNote crises={crises} />
        </div>
      )}
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 pt-2 text-13">
        <Link className="link" href={"/settings/roster" as Route}>
          {onDuty.length ? t("onDuty", { names: onDuty.join(", ") }) : t("nobody")}
        </Link>
        <details className="open:basis-full">
          <summary className="flex items-center gap-1 w-fit text-accent-text cursor-pointer py-1">
            {t("more")}
            <Icon name="chevronDown" size={14} />
            {deaf > 0 && <b className="text-danger-text"> · {t("hearing.deafCount", { count: deaf })}</b>}
          </summary>
          <p className="flex flex-wrap gap-x-4 gap-y-1 py-1">
            <Link className="link" href={"/inbox/topics" as Route}>
              {t("topics")}
            </Link>
            <Link className="link" href={"/inbox/crisis" as Route}>
              {crisis("title")}
            </Link>
            <Link className="link" href={"/inbox/lapor" as Route}>
              {t("lapor")}
            </Link>
            <Link className="link" href={"/inbox/hidden" as Route}>
              {t("hidden")}
            </Link>
            {managesRequests && (
              <Link className="link" href={"/inbox/ppid" as Route}>
                {t("ppid")}
              </Link>
            )}
          </p>
          {hearing.length > 0 && (
            <>
              <p className="label">{t("hearing.heading")}</p>
              <ul className="grid gap-1 pb-2 max-h-48 overflow-y-auto">
                {hearing.map((channel) => (
                  <li key={channel.id}>
                    <PlatformMark platform={channel.platform} quiet /> {channel.handle}: <HearingLine {...channel} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </details>
      </div>
    </>
  );
}
