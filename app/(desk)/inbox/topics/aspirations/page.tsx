import type { Metadata, Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { formatInstant, isLocale, maskedParts } from "#lib/core/text.ts";
import { type Period, periodOf } from "#lib/inbox/topics/period-rules.ts";
import { aspirationsOf, type TopicAspirations } from "#lib/inbox/topics/week-figures.ts";
import { zoneOf } from "#lib/units/calendar.ts";
import { currentUnit, type UnitCard } from "#lib/units/queries.ts";
import { CopyButton } from "@/components/inbox/copy-button.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Textarea } from "@/components/ui/field.tsx";
import Link from "@/components/ui/link.tsx";
import { MaskedText } from "@/components/ui/masked-text.tsx";
import { Section } from "@/components/ui/section.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { digestWeeks, readTopicsAddress, readWeeks, topicsHref } from "../address.ts";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("topics.aspirations"))("title") });

/** What citizens propose, for those who decide: by topic, in their own words, to be printed or sent on. */
export default page("inbox.read", async ({ actor, search }) => {
  const [unit, t] = await Promise.all([currentUnit(actor), getTranslations("topics.aspirations")]);
  const zone = zoneOf(unit.zone);
  const { week } = readTopicsAddress(search, zone, now());
  const weeks = readWeeks(search);
  const period = periodOf(week, Number(weeks), zone, now());
  const found = await aspirationsOf(actor, unit, period);
  const count = sum(found, (one) => one.aspirations + one.feedback);
  const span = await spanOf(period, unit);
  return (
    <Messages namespaces={["lapor"]}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { unit: unit.shortName })}
        tools={
          <a className="btn" href={`/inbox/topics/aspirations/export?week=${week}&weeks=${weeks}`} download>
            <span>{t("export")}</span>
          </a>
        }
      />
      <Page>
        <div className="print:hidden">
          <p className="mb-4">
            <Link className="link" href={topicsHref(week)}>
              {t("back")}
            </Link>
          </p>
          <Segments label={t("weeks")} className="mb-4">
            {digestWeeks.map((each) => (
              <SegmentLink key={each} current={each === weeks} href={`/inbox/topics/aspirations?week=${week}&weeks=${each}` as Route}>
                {t(`weeksOf.${each}`)}
              </SegmentLink>
            ))}
          </Segments>
        </div>
        <p className="mb-2 text-ink-2">{span}</p>
        {count === 0 ? (
          <Empty>{t("none")}</Empty>
        ) : (
          <>
            <h2 className="lead">{t("lead", { count, answered: sum(found, (one) => one.answered) })}</h2>
            <div className="with-rail mt-5">
              <div className="grid gap-6">
                {found.map((one) => (
                  <OfTopic key={one.topic ?? "none"} found={one} />
                ))}
              </div>
              <Message found={found} heading={`*${t("title")}*\n${unit.shortName}, ${span}`} />
            </div>
          </>
        )}
      </Page>
    </Messages>
  );
});

const sum = (found: readonly TopicAspirations[], of: (one: TopicAspirations) => number) => found.reduce((total, one) => total + of(one), 0);

async function spanOf({ from, to }: Period, { zone }: UnitCard) {
  const [t, locale] = await Promise.all([getTranslations("topics.week"), getLocale()]);
  const day = (at: Date) => formatInstant(at, zone, isLocale(locale) ? locale : "id", "date");
  return t("span", { from: day(from), to: day(new Date(Math.max(from.getTime(), to.getTime() - 1))) });
}

async function OfTopic({ found: { topic, sentences, ...counts } }: { found: TopicAspirations }) {
  const t = await getTranslations("topics");
  return (
    <Section id={`topik-${topic ?? "none"}`} title={topic ? t(`name.${topic}`) : t("unsorted")} className="break-inside-avoid">
      <p className="mb-2 text-13 text-ink-2">{t("aspirations.counts", counts)}</p>
      {sentences.length === 0 && <p className="text-13 text-ink-3">{t("aspirations.delicate")}</p>}
      <ul className="rows">
        {sentences.map(({ id, excerpt, ...standing }) => (
          <li key={id} className="py-2 min-w-0">
            <Link className="wrap-anywhere hover:underline" href={`/inbox/${id}?view=all` as Route}>
              {excerpt ? <MaskedText text={excerpt} /> : t("noWords")}
            </Link>{" "}
            <span className="text-13 text-ink-3">({t("aspirations.standing", standing)})</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The same as a message: a phone shows words between asterisks bold. */
async function Message({ found, heading }: { found: readonly TopicAspirations[]; heading: string }) {
  const [t, masked] = await Promise.all([getTranslations("topics"), getTranslations("ui.masked")]);
  const plain = (text: string) =>
    text
      ? maskedParts(text)
          .map((part) => (part.masked === null ? part.text : `[${masked(part.masked)}]`))
          .join("")
          .replace(/\s+/g, " ")
      : t("noWords");
  const parts = found.map(({ topic, sentences, ...counts }, index) =>
    [
      `*${index + 1}. ${topic ? t(`name.${topic}`) : t("unsorted")}*`,
      t("aspirations.counts", counts),
      ...sentences.map(({ excerpt, said, answered }) => `- “${plain(excerpt)}” (${t("aspirations.standing", { said, answered })})`),
    ].join("\n"),
  );
  const text = [heading, ...parts].join("\n\n");
  return (
    <Section id="pesan" title={t("aspirations.message")} className="print:hidden">
      <p className="mb-2 text-13 text-ink-3">{t("aspirations.messageHint")}</p>
      <CopyButton text={text} all />
      <Textarea className="mt-3 max-h-[560px] text-13!" aria-label={t("aspirations.message")} readOnly defaultValue={text} key={text} />
    </Section>
  );
}
