import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { listPieces } from "#lib/posts/pieces.ts";
import { pillars } from "#lib/posts/rules.ts";
import { currentUnit, unitsOf } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Input, Select } from "@/components/ui/field.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { NewPiece, PieceCard } from "./piece-card.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("bank"))("title") });

const asked = z.object({
  q: z.string().trim().max(100).catch(""),
  shelf: z.enum(["current", "archive"]).catch("current"),
  pillar: z.enum(pillars).nullable().catch(null),
});

/** The content bank of the chosen unit; where one does not write for it, of the first one writes for. */
export default page("post.write", async ({ actor, search }) => {
  const [t, chosen] = await Promise.all([getTranslations("bank"), currentUnit(actor)]);
  const { q, shelf, pillar } = asked.parse(search);
  const writes = (unit: typeof chosen) => reaches(actor, "post.write", { unitId: unit.id, governmentId: unit.governmentId });
  const unit = writes(chosen) ? chosen : (await unitsOf(actor)).find(writes);
  if (!unit) notFound();
  const archived = shelf === "archive";
  const answer = await listPieces(actor, { unitId: unit.id, search: q, archived, pillar });
  if (!answer.ok) notFound();
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { unit: unit.shortName })}
        action={
          !archived && (
            <Messages namespaces={["bank", "problems", "ui"]}>
              <NewPiece unitId={unit.id} />
            </Messages>
          )
        }
      />
      <Page>
        <Messages namespaces={["bank", "problems", "ui"]}>
          <div className="flex flex-wrap items-center gap-3 mb-5">
            <form action="/posts/bank" className="flex items-center gap-2 grow max-w-[420px]">
              <Input type="search" name="q" aria-label={t("search")} placeholder={t("search")} defaultValue={q} maxLength={100} />
              <Select name="pillar" aria-label={t("pillar")} defaultValue={pillar ?? ""}>
                <option value="">{t("allPillars")}</option>
                {pillars.map((each) => (
                  <option key={each} value={each}>
                    {t(`pillars.${each}`)}
                  </option>
                ))}
              </Select>
              {archived && <input type="hidden" name="shelf" value="archive" />}
              <Button type="submit">{t("searchButton")}</Button>
            </form>
            <Segments label={t("shelf")}>
              <SegmentLink current={!archived} href={"/posts/bank" as Route}>
                {t("current")}
              </SegmentLink>
              <SegmentLink current={archived} href={"/posts/bank?shelf=archive" as Route}>
                {t("archive")}
              </SegmentLink>
            </Segments>
          </div>
          {answer.pieces.length ? (
            <ul className="media-grid">
              {answer.pieces.map((piece) => (
                <PieceCard
                  key={`${piece.id} ${piece.name} ${piece.text} ${piece.pillar}`}
                  piece={piece}
                  unitId={unit.id}
                  archived={archived}
                />
              ))}
            </ul>
          ) : (
            <Empty>{t(q || pillar ? "emptySearch" : archived ? "emptyArchive" : "empty")}</Empty>
          )}
          {answer.more && <p className="mt-5 text-13 text-ink-2">{t("more")}</p>}
        </Messages>
      </Page>
    </>
  );
});
