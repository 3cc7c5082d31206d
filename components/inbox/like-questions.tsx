import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { likeThisWeek } from "#lib/inbox/replies/likeness.ts";
import Link from "@/components/ui/link.tsx";
import { Section } from "../ui/section.tsx";

/** How many others asked the same this week: one post may answer them all. */
export async function LikeQuestions({ actor, caseId, mayPost }: { actor: Actor; caseId: string; mayPost: boolean }) {
  const [t, count] = await Promise.all([getTranslations("inbox.like"), likeThisWeek(actor, caseId)]);
  if (count === 0) return null;
  return (
    <Section id="serupa" title={t("heading")} count={count}>
      <p className="text-13 text-ink-2">{t("text", { count })}</p>
      {mayPost && (
        <Link className="link inline-block mt-1" href={`/posts/new?case=${caseId}` as Route}>
          {t("write")}
        </Link>
      )}
    </Section>
  );
}
