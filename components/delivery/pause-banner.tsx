import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { type Actor, may } from "#lib/core/access.ts";
import { openPauses } from "#lib/delivery/pauses.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { Icon } from "../ui/icon.tsx";
import Link from "../ui/link.tsx";
import { Note } from "../ui/note.tsx";
import { Time } from "../ui/time.tsx";

/** Over every page while the schedule of the unit, of one above it or of one of its own is paused: by whom, since when, why. */
export async function PauseBanner({ actor, unit }: { actor: Actor; unit: UnitCard }) {
  const pauses = await openPauses(actor, unit);
  if (!pauses.length) return null;
  const t = await getTranslations("delivery.pause");
  return (
    <Note kind="warn" icon={<Icon name="clock" />} role="status">
      <ul className="grid gap-1">
        {pauses.slice(0, 3).map((pause) => (
          <li key={pause.id} className="wrap-anywhere">
            <b>
              {t("banner", { unit: pause.unit, name: pause.by })} <Time at={pause.at} zone={pause.zone} style="short" />.
            </b>{" "}
            {t("because", { reason: pause.reason })}
          </li>
        ))}
      </ul>
      {may(actor, "schedule.pause") && (
        <Link className="underline" href={"/operations/pause" as Route}>
          {t("open")}
        </Link>
      )}
    </Note>
  );
}
