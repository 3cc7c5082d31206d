import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { type Crisis, type CrisisCursor, crisisDetail, openCrises, pastCrises } from "#lib/inbox/topics/crisis-queries.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Time } from "@/components/ui/time.tsx";
import { CrisisCard } from "./crisis-card.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("crisis"))("title") });

const afterOf = z
  .string()
  .regex(/^\d{1,14}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text): CrisisCursor => {
    const [at, id] = text.split(".") as [string, string];
    return { at: new Date(Number(at)), id };
  })
  .nullable()
  .catch(null);

/** Many like comments at once: what is open, with its course and who sees to it, and what is over. */
export default page("inbox.read", async ({ actor, search }) => {
  const after = afterOf.parse(search.after ?? null);
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("crisis")]);
  const { governmentId } = unit;
  const [open, past] = await Promise.all([openCrises(actor, governmentId), pastCrises(actor, governmentId, after)]);
  const details = await Promise.all(open.map((crisis) => crisisDetail(actor, crisis)));
  const handles = reaches(actor, "crisis.handle", { unitId: unit.id, governmentId });
  return (
    <Messages namespaces={["crisis", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.government.shortName })} />
      <Page>
        <LiveRefresh topics={["case"]} />
        <div className="grid gap-8">
          <p>
            <Link className="link" href="/inbox">
              {t("inbox")}
            </Link>
          </p>
          {open.length === 0 && <Empty>{t("none")}</Empty>}
          {open.map((crisis, i) => (
            <CrisisCard key={crisis.id} crisis={crisis} detail={details[i]!} zone={unit.zone} handles={handles} />
          ))}
          <Section id="riwayat" title={t("past")}>
            {past.rows.length ? <Past rows={past.rows} zone={unit.zone} /> : <Empty>{t("noPast")}</Empty>}
            {(after || past.next) && (
              <nav className="flex gap-5 mt-5" aria-label={t("past")}>
                {after && (
                  <Link className="link" href={"/inbox/crisis" as Route}>
                    {t("newest")}
                  </Link>
                )}
                {past.next && (
                  <Link className="link" href={`/inbox/crisis?after=${past.next.at.getTime()}.${past.next.id}` as Route}>
                    {t("older")}
                  </Link>
                )}
              </nav>
            )}
          </Section>
        </div>
      </Page>
    </Messages>
  );
});

async function Past({ rows, zone }: { rows: Crisis[]; zone: string }) {
  const [t, name] = await Promise.all([getTranslations("crisis"), getTranslations("topics.name")]);
  return (
    <ul className="rows max-w-[860px]">
      {rows.map(({ id, topic, word, count, openedAt, state, closedBy, closedAt, closedNote }) => (
        <li key={id} className="py-2.5 min-w-0">
          <p className="wrap-anywhere">
            <b>{topic ? name(topic) : `“${word}”`}</b> <span className="text-ink-2">{t("comments", { count })}</span>
          </p>
          {closedNote && <p className="wrap-anywhere">{closedNote}</p>}
          <p className="meta">
            <Time at={openedAt} zone={zone} style="long" />
            <span>{t(`state.${state}`)}</span>
            {closedAt && closedBy && (
              <span>
                {closedBy}, <Time at={closedAt} zone={zone} style="short" />
              </span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
