import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { afterWeeks, helpFigures, mentorFigures } from "#lib/coaching/results.ts";
import { page } from "#lib/core/doors.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { CoachingTabs } from "@/components/coaching/tabs.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Section } from "@/components/ui/section.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("coaching.results"))("title") });

/** Fewer cases than this prove nothing. */
const SMALLEST_SAMPLE = 5;

/** How much each mentor has in hand, and after which help units moved up. */
export default page("coaching.read", async ({ actor }) => {
  const unit = await currentUnit(actor);
  const [mentors, helps, t] = await Promise.all([
    mentorFigures(actor, unit),
    helpFigures(actor, unit),
    getTranslations("coaching.results"),
  ]);
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <Page>
        <CoachingTabs current="results" />
        <div className="grid gap-8 max-w-[840px]">
          <Section id="beban" title={t("mentors")}>
            {mentors.length === 0 ? (
              <p className="text-13 text-ink-2">{t("noMentors")}</p>
            ) : (
              <div className="panel">
                <table className="tbl cards labelled results">
                  <thead>
                    <tr>
                      <th scope="col">{t("mentor")}</th>
                      {(["open", "overdue", "closed", "movedUp"] as const).map((name) => (
                        <th key={name} scope="col" className="num">
                          {t(name)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {mentors.map((mentor) => (
                      <tr key={mentor.id}>
                        <th scope="row">{mentor.name}</th>
                        <td className="num" data-label={t("open")}>
                          {mentor.open}
                        </td>
                        <td className={`num ${mentor.overdue ? "text-danger-text" : ""}`} data-label={t("overdue")}>
                          {mentor.overdue}
                        </td>
                        <td className="num" data-label={t("closed")}>
                          {mentor.closed}
                        </td>
                        <td className="num" data-label={t("movedUp")}>
                          {mentor.movedUp}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Section>
          <Section id="berhasil" title={t("helps")}>
            <p className="mb-3 text-13 text-ink-2 max-w-[70ch]">{t("helpsHint")}</p>
            {helps.length === 0 ? (
              <p className="text-13 text-ink-2">{t("noHelps")}</p>
            ) : (
              <div className="panel">
                <table className="tbl cards labelled results">
                  <thead>
                    <tr>
                      <th scope="col">{t("help")}</th>
                      <th scope="col" className="num">
                        {t("cases")}
                      </th>
                      {afterWeeks.map((weeks) => (
                        <th key={weeks} scope="col" className="num">
                          {t("after", { weeks })}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {helps.map(({ help, cases, after }) => (
                      <tr key={help}>
                        <th scope="row">{t(`kind.${help}`)}</th>
                        <td className="num" data-label={t("cases")}>
                          {cases}
                        </td>
                        {after.map(({ weeks, of, up }) => (
                          <td key={weeks} className="num" data-label={t("after", { weeks })}>
                            {of === 0 ? (
                              <span className="text-ink-3">{t("notYet")}</span>
                            ) : (
                              <span>
                                {t("upOf", { up, of })}
                                {of < SMALLEST_SAMPLE && <small className="block text-12 text-ink-3">{t("small")}</small>}
                              </span>
                            )}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Section>
        </div>
      </Page>
    </>
  );
});
