import type { Route } from "next";
import { useTranslations } from "next-intl";
import { type Actor, may } from "#lib/core/access.ts";
import { type Hearing, hearingOf } from "#lib/inbox/hearing-queries.ts";
import { onDutyNow } from "#lib/inbox/roster-queries.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { HearingLine } from "./hearing-line.tsx";

export type Status = { onDuty: string[]; hearing: Hearing[]; managesRequests: boolean };

/** What is to be known of an inbox beside its cases. */
export async function readStatus(actor: Actor, unit: UnitCard): Promise<Status> {
  const [onDuty, hearing] = await Promise.all([onDutyNow(actor, unit), hearingOf(actor, unit)]);
  return { onDuty, hearing, managesRequests: may(actor, "ppid.manage") };
}

/** Who is on duty, whether the accounts are heard, and the ways to LAPOR! and the register. */
export function InboxStatus({ onDuty, hearing, managesRequests }: Status) {
  const t = useTranslations("roster");
  const deaf = hearing.filter(({ deafSince }) => deafSince).length;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1 text-13">
      <Link className="link" href={"/settings/roster" as Route}>
        {onDuty.length ? t("onDuty", { names: onDuty.join(", ") }) : t("nobody")}
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
      {hearing.length > 0 && (
        <details>
          <summary className={deaf ? "text-danger-text font-strong" : "text-ink-3"}>
            {deaf ? t("hearing.deafCount", { count: deaf }) : t("hearing.heading")}
          </summary>
          <ul className="grid gap-1 py-2 max-h-48 overflow-y-auto">
            {hearing.map((channel) => (
              <li key={channel.id}>
                <PlatformMark platform={channel.platform} quiet /> {channel.handle}: <HearingLine {...channel} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
