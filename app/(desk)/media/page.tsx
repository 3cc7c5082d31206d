import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { mediaKinds } from "#lib/media/kinds.ts";
import { listMedia } from "#lib/media/library.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Button } from "@/components/ui/button.tsx";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Input } from "@/components/ui/field.tsx";
import Link from "@/components/ui/link.tsx";
import { SegmentLink, Segments } from "@/components/ui/segments.tsx";
import { MediaCard } from "./media-card.tsx";
import { UploadMedia } from "./upload-media.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("media"))("title") });

const asked = z.object({
  q: z.string().trim().max(100).catch(""),
  kind: z.enum(mediaKinds).catch("all"),
  shelf: z.enum(["current", "archive"]).catch("current"),
  after: z.uuid().nullable().catch(null),
});

/** The unit's pictures and videos: looked through, described, sent and put away. */
export default page("post.read", async ({ actor, search }) => {
  const [t, unit] = await Promise.all([getTranslations("media"), currentUnit(actor)]);
  const ask = asked.parse(search);
  const archived = ask.shelf === "archive";
  const { rows, more } = await listMedia(actor, unit, { search: ask.q, kind: ask.kind, archived, after: ask.after });
  const writes = !isGovernment(unit) && reaches(actor, "post.write", { unitId: unit.id, governmentId: unit.governmentId });
  const href = (change: Partial<z.infer<typeof asked>>) => {
    const { q, kind, shelf, after } = { ...ask, after: null, ...change };
    const parts = { q, kind: kind === "all" ? "" : kind, shelf: shelf === "current" ? "" : shelf, after: after ?? "" };
    return `/media?${new URLSearchParams(Object.entries(parts).filter(([, value]) => value))}` as Route;
  };
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <Messages namespaces={["media", "problems"]}>
          <div className="flex flex-wrap items-center gap-3 mb-5">
            <form action="/media" className="flex gap-2 grow max-w-[420px]">
              <Input type="search" name="q" aria-label={t("search")} placeholder={t("search")} defaultValue={ask.q} maxLength={100} />
              {ask.kind !== "all" && <input type="hidden" name="kind" value={ask.kind} />}
              {archived && <input type="hidden" name="shelf" value="archive" />}
              <Button type="submit">{t("searchButton")}</Button>
            </form>
            <nav className="chips" aria-label={t("kind")}>
              {mediaKinds.map((kind) => (
                <ChipLink key={kind} current={kind === ask.kind} href={href({ kind })}>
                  {t(`kinds.${kind}`)}
                </ChipLink>
              ))}
            </nav>
            <Segments label={t("shelf")}>
              <SegmentLink current={!archived} href={href({ shelf: "current" })}>
                {t("current")}
              </SegmentLink>
              <SegmentLink current={archived} href={href({ shelf: "archive" })}>
                {t("archive")}
              </SegmentLink>
            </Segments>
            {writes && !archived && <UploadMedia unitId={unit.id} />}
          </div>
          {rows.length ? (
            <ul className="media-grid">
              {rows.map((row) => (
                <MediaCard
                  key={row.id}
                  media={row}
                  place={isGovernment(unit) ? row.unit.shortName : null}
                  archived={archived}
                  writes={writes}
                />
              ))}
            </ul>
          ) : (
            <Empty>{t(ask.q ? "emptySearch" : archived ? "emptyArchive" : "empty")}</Empty>
          )}
        </Messages>
        {more && (
          <p className="mt-5">
            <Link className="link" href={href({ after: rows.at(-1)?.id ?? null })}>
              {t("older")}
            </Link>
          </p>
        )}
      </Page>
    </>
  );
});
