import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { type Actor, reaches } from "#lib/core/access.ts";
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
  const asked = search.case === undefined ? null : await questionOf(actor, search.case);
  const chosen = await currentUnit(actor);
  const writes = (unit: typeof chosen) =>
    !isGovernment(unit) && reaches(actor, "post.write", { unitId: unit.id, governmentId: unit.governmentId });
  const units = await unitsOf(actor);
  const unit = [units.find(({ id }) => id === asked?.unitId), chosen, ...units].find((one) => one && writes(one));
  if (!unit) notFound();
  return <Compose unit={unit} post={null} occasion={asked && <Asked {...asked} />} />;
});

type Question = { id: string; unitId: string; excerpt: string };

/** The question that a post is to answer; one of another agency is as unknown as none. */
async function questionOf(actor: Actor, given: unknown): Promise<Question> {
  const id = z.uuid().safeParse(given);
  if (!id.success) throw new Refusal("not-found");
  return questionForPost(actor, id.data);
}

async function Asked({ id, excerpt }: Question) {
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
