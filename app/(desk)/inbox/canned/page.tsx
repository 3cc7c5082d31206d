import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { listCanned } from "#lib/inbox/replies/canned.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { CannedEntry, NewCanned } from "@/components/inbox/canned-form.tsx";
import { Working } from "@/components/inbox/work.tsx";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("inbox.canned"))("title") });

export default page("inbox.read", async ({ actor, search }) => {
  const archived = search.archived === "1";
  const unit = await currentUnit(actor);
  const [t, canned] = await Promise.all([getTranslations("inbox.canned"), listCanned(actor, unit, archived)]);
  const owners = [
    { id: unit.id, name: unit.name, place: { unitId: unit.id, governmentId: unit.governmentId } },
    ...(isGovernment(unit)
      ? []
      : [{ id: unit.governmentId, name: unit.government.name, place: { unitId: unit.governmentId, governmentId: unit.governmentId } }]),
  ].filter(({ place }) => reaches(actor, "inbox.work", place));
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose", { unit: unit.shortName })} />
      <Page>
        <Messages namespaces={["inbox", "problems"]}>
          <Working>
            <p className="flex flex-wrap gap-4 mb-3 text-13">
              <Link className="link" href="/inbox">
                {t("back")}
              </Link>
              <Link className="link" href={archived ? "/inbox/canned" : "/inbox/canned?archived=1"}>
                {t(archived ? "seeCurrent" : "seeArchived")}
              </Link>
            </p>
            {!archived && owners.length > 0 && <NewCanned owners={owners.map(({ id, name }) => ({ id, name }))} />}
            {canned.length === 0 ? (
              <Empty>{t(archived ? "emptyArchive" : "none")}</Empty>
            ) : (
              <ul className="canned-rows max-w-[860px]">
                {canned.map((one) => (
                  <CannedEntry key={one.id} canned={one} unitId={one.shared ? unit.governmentId : unit.id} archived={archived} />
                ))}
              </ul>
            )}
          </Working>
        </Messages>
      </Page>
    </>
  );
});
