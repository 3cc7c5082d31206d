import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { exemplarForPost } from "#lib/coaching/exemplars/exemplars.ts";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { questionForPost } from "#lib/inbox/replies/likeness.ts";
import { currentUnit, isGovernment, unitsOf } from "#lib/units/queries.ts";
import Link from "@/components/ui/link.tsx";
import { MaskedText } from "@/components/ui/masked-text.tsx";
import { Note } from "@/components/ui/note.tsx";
import { Compose } from "../compose.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("posts.composer"))("title") });

/** Writes for the chosen unit; where that is a government or a unit one only verifies for, for the first one writes for. */
export default page("post.write", async ({ actor, search }) => {
  const question = search.case === undefined ? null : await questionForPost(actor, idIn(search.case));
  const card = search.exemplar === undefined ? null : await exemplarForPost(actor, idIn(search.exemplar));
  const chosen = await currentUnit(actor);
  const writes = (unit: typeof chosen) =>
    !isGovernment(unit) &&
    (!card || unit.governmentId === card.governmentId) &&
    reaches(actor, "post.write", { unitId: unit.id, governmentId: unit.governmentId });
  const units = await unitsOf(actor);
  const unit = [units.find(({ id }) => id === question?.unitId), chosen, ...units].find((one) => one && writes(one));
  if (!unit) notFound();
  const occasion = question ? <Asked {...question} /> : card && <Followed {...card} />;
  return <Compose unit={unit} post={null} occasion={occasion} words={card?.text} />;
});

/** What a post is to answer or follow; anything that is no id is as unknown as a foreign one. */
function idIn(given: unknown): string {
  const id = z.uuid().safeParse(given);
  if (!id.success) throw new Refusal("not-found");
  return id.data;
}

async function Asked({ id, excerpt }: Awaited<ReturnType<typeof questionForPost>>) {
  const t = await getTranslations("inbox.like");
  return (
    <Note kind="info">
      <b>{t("asked")}</b> “<MaskedText text={excerpt} />”{" "}
      <Link className="link" href={`/inbox/${id}` as Route}>
        {t("back")}
      </Link>
    </Note>
  );
}

async function Followed({ title, text, unit }: Awaited<ReturnType<typeof exemplarForPost>>) {
  const t = await getTranslations("coaching.exemplars");
  return (
    <Note kind="info">
      <b>{t("followed", { title, unit: unit.shortName })}</b> {t("adapt")}{" "}
      <Link className="link" href={"/coaching/exemplars" as Route}>
        {t("back")}
      </Link>
      <details className="mt-1">
        <summary className="link w-fit">{t("original")}</summary>
        <p className="mt-2 whitespace-pre-line break-words">{text}</p>
      </details>
    </Note>
  );
}
