import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { authorize } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { type ScoreCard, scoreCard } from "#lib/scores/cards.ts";
import { decisionDays, disputable } from "#lib/scores/cases/rules.ts";
import { type EvidencePost, postsPage, weighPosts } from "#lib/scores/evidence/posts.ts";
import { componentKeys } from "#lib/scores/rules.ts";
import { Messages } from "@/components/messages.tsx";
import { useScoreWords } from "@/components/scores/words.ts";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { FileForm } from "./file-form.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("objections.file"))("title") });

const asked = z.object({
  day: z.iso.date().optional().catch(undefined),
  account: z.uuid().optional().catch(undefined),
  component: z.enum(disputable).nullable().catch(null),
});

/** A unit files an objection to the score that stood on a day. */
export default page("objection.file", async ({ actor, params, search }) => {
  const { component, ...which } = asked.parse({ component: null, ...search });
  const { unit, card } = await scoreCard(actor, decodeURIComponent(params.unit ?? ""), which);
  authorize(actor, "objection.file", { unitId: unit.id, governmentId: unit.governmentId });
  const t = await getTranslations("objections.file");
  if (!card)
    return (
      <>
        <PageHeader title={t("title")} />
        <Page>
          <Empty>{t("noScore")}</Empty>
        </Page>
      </>
    );
  const evidence = await weighPosts(card);
  const { posts } = await postsPage(evidence, "all", null, card.settings.credit.fullHalves, 50);
  const first = posts.filter((post) => post.halves < card.settings.credit.fullHalves);
  return <Filing card={card} component={component} posts={[...first, ...posts.filter((post) => !first.includes(post))]} />;
});

type Props = { card: ScoreCard; component: (typeof disputable)[number] | null; posts: EvidencePost[] };

async function Filing({ card, component, posts }: Props) {
  const t = await getTranslations("objections.file");
  return <Form card={card} component={component} posts={posts} title={t("title")} intro={t("intro", { days: decisionDays })} />;
}

function Form({ card, component, posts, title, intro }: Props & { title: string; intro: string }) {
  const { t, points, amount, day } = useScoreWords();
  const { unit, result } = card;
  const back = `/scores/${encodeURIComponent(unit.code)}` as Route;
  return (
    <>
      <PageHeader title={title} purpose={`${unit.name}, ${day(card.day)}: ${points(card.score)}`} />
      <Page>
        <p className="text-13 text-ink-2 mb-5 max-w-[68ch]">{intro}</p>
        <Messages namespaces={["objections", "problems"]}>
          <FileForm
            snapshotId={card.snapshotId}
            day={card.day}
            component={component}
            back={back}
            components={componentKeys.map((key) => {
              const { points: earned, weight } = result.components[key];
              return { key, name: t(`component.${key}`), points: earned === null ? null : points(earned), weight: amount(weight) };
            })}
            capped={result.caps.length > 0}
            posts={posts.map((post) => ({ id: post.id, day: day(post.day, "dayShort"), text: post.text, halves: post.halves }))}
          />
        </Messages>
      </Page>
    </>
  );
}
