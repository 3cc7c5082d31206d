import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { type Actor, reaches } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { assignableBy, caseDetail } from "#lib/inbox/queries.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { inboxHref, readAddress } from "@/components/inbox/address.ts";
import { CaseContext } from "@/components/inbox/case-context.tsx";
import { InboxFrame, readList } from "@/components/inbox/inbox-frame.tsx";
import { Thread } from "@/components/inbox/thread.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("inbox"))("title") });

async function readCase(actor: Actor, id: string) {
  const detail = await caseDetail(actor, id);
  const place = { unitId: detail.unit.id, governmentId: detail.unit.governmentId };
  return {
    detail,
    people: await assignableBy(actor, place),
    mayWork: reaches(actor, "inbox.work", place),
    maySendAgain: reaches(actor, "post.settle", place),
  };
}

export default page("inbox.read", async ({ actor, params, search }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Refusal("not-found");
  const address = readAddress(search);
  const at = now();
  const [list, { detail, people, mayWork, maySendAgain }] = await Promise.all([
    currentUnit(actor).then((unit) => readList(actor, unit, address, at)),
    readCase(actor, id.data),
  ]);
  return (
    <InboxFrame
      list={list}
      address={address}
      selected={detail.id}
      open={mayWork ? { caseId: detail.id, revision: detail.revision } : undefined}
      now={at}
    >
      <Thread
        detail={detail}
        personId={actor.personId}
        people={people}
        mayWork={mayWork}
        maySendAgain={maySendAgain}
        back={inboxHref(address)}
        now={at}
      />
      <CaseContext detail={detail} mayWork={mayWork} address={address} now={at} />
    </InboxFrame>
  );
});
