import type { Metadata, Route } from "next";
import Form from "next/form";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { coachingFunnel, type Filter, type ListCursor, listCoached, mentorsInUse, views } from "#lib/coaching/cases/list.ts";
import { causes } from "#lib/coaching/causes/cause-rules.ts";
import { may } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { CoachedTable } from "@/components/coaching/coached-table.tsx";
import { Funnel } from "@/components/coaching/funnel.tsx";
import { CoachingTabs } from "@/components/coaching/tabs.tsx";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Select } from "@/components/ui/field.tsx";
import Link from "@/components/ui/link.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching"))("title") });

const asked = z.object({
  state: z.enum(views).catch("all"),
  cause: z
    .enum([...causes, "unknown"])
    .nullable()
    .catch(null),
  mentor: z.uuid().nullable().catch(null),
  after: z
    .string()
    .regex(/^\d\.\d{1,6}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .transform((text): ListCursor => {
      const [rank, days, id] = text.split(".") as [string, string, string];
      return { rank: Number(rank), days: Number(days), id };
    })
    .nullable()
    .catch(null),
});

const address = ({ view, cause, mentor }: Filter, after: ListCursor | null = null) => {
  const query = new URLSearchParams({
    ...(view !== "all" && { state: view }),
    ...(cause && { cause }),
    ...(mentor && { mentor }),
    ...(after && { after: `${after.rank}.${after.days}.${after.id}` }),
  });
  return `/coaching${query.size ? `?${query}` : ""}` as Route;
};

/** Accounts that need help to wake up, the longest silent first, with their causes and who coaches them. */
export default page("coaching.read", async ({ actor, search }) => {
  const { state: view, after, ...narrowed } = asked.parse({ ...search, after: search.after ?? null });
  const filter: Filter = { view, ...narrowed };
  const unit = await currentUnit(actor);
  const [{ rows, next }, funnel, mentors, t] = await Promise.all([
    listCoached(actor, unit, filter, after),
    coachingFunnel(actor, unit),
    mentorsInUse(actor, unit),
    getTranslations("coaching"),
  ]);
  const narrow = filter.cause !== null || filter.mentor !== null;
  return (
    <Messages namespaces={["coaching", "problems"]}>
      <PageHeader title={t("title")} purpose={t("purpose", { region: unit.name })} />
      <Page>
        <LiveRefresh topics={["coaching", "score"]} />
        <CoachingTabs current="list" />
        <Funnel figures={funnel} />
        <div className="coaching-tabs mb-4!">
          <Segments label={t("view.label")}>
            {views.map((each) => (
              <SegmentLink key={each} current={each === view} href={address({ ...filter, view: each })}>
                {t(`view.${each}`)}
              </SegmentLink>
            ))}
          </Segments>
        </div>
        <Form action={"/coaching" as Route} className="coaching-filters" aria-label={t("filter.label")}>
          {view !== "all" && <input type="hidden" name="state" value={view} />}
          <div>
            <label className="label" htmlFor="saring-sebab">
              {t("filter.cause")}
            </label>
            <Select id="saring-sebab" name="cause" key={filter.cause} defaultValue={filter.cause ?? ""}>
              <option value="">{t("filter.allCauses")}</option>
              {causes.map((cause) => (
                <option key={cause} value={cause}>
                  {t(`cause.name.${cause}`)}
                </option>
              ))}
              <option value="unknown">{t("filter.unknown")}</option>
            </Select>
          </div>
          {mentors.length > 0 && (
            <div>
              <label className="label" htmlFor="saring-pendamping">
                {t("filter.mentor")}
              </label>
              <Select id="saring-pendamping" name="mentor" key={filter.mentor} defaultValue={filter.mentor ?? ""}>
                <option value="">{t("filter.allMentors")}</option>
                {mentors.map(({ id, name, open }) => (
                  <option key={id} value={id}>
                    {t("filter.mentorOpen", { name, open })}
                  </option>
                ))}
              </Select>
            </div>
          )}
          <Button type="submit">{t("filter.apply")}</Button>
          {narrow && (
            <Link className="link text-13 self-center" href={address({ view, cause: null, mentor: null })}>
              {t("filter.clear")}
            </Link>
          )}
        </Form>
        {rows.length ? (
          <CoachedTable rows={rows} takes={may(actor, "coaching.manage")} />
        ) : (
          <Empty>{t(view === "all" && !narrow && !after ? "list.allWell" : "list.empty")}</Empty>
        )}
        {(after || next) && (
          <nav className="flex gap-5 mt-5" aria-label={t("list.pages")}>
            {after && (
              <Link className="link" href={address(filter)}>
                {t("list.first")}
              </Link>
            )}
            {next && (
              <Link className="link" href={address(filter, next)}>
                {t("list.further")}
              </Link>
            )}
          </nav>
        )}
      </Page>
    </Messages>
  );
});
