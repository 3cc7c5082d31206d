import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { type Actor, reaches } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { page } from "#lib/core/doors.ts";
import { Refusal } from "#lib/core/errors.ts";
import { assignableBy, type CaseDetail, caseDetail } from "#lib/inbox/queries.ts";
import { referralTargets } from "#lib/inbox/referrals/targets.ts";
import { replyDraftOf } from "#lib/inbox/replies/attending.ts";
import { listCanned } from "#lib/inbox/replies/canned.ts";
import { type Filling, greetingAt } from "#lib/inbox/replies/canned-rules.ts";
import { mentionable } from "#lib/inbox/work/mentioning.ts";
import { currentUnit } from "#lib/units/queries.ts";
import { inboxHref } from "@/components/inbox/address.ts";
import { CaseContext } from "@/components/inbox/case-context.tsx";
import { InboxFrame, readList } from "@/components/inbox/inbox-frame.tsx";
import { LikeQuestions } from "@/components/inbox/like-questions.tsx";
import { readAddress } from "@/components/inbox/read-address.ts";
import { Targets } from "@/components/inbox/referral-targets.tsx";
import { Suggestions } from "@/components/inbox/suggestions.tsx";
import { Thread } from "@/components/inbox/thread.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("inbox"))("title") });

async function readCase(actor: Actor, id: string) {
  const detail = await caseDetail(actor, id);
  const { id: unitId, governmentId } = detail.unit;
  const place = { unitId, governmentId };
  const mayWork = reaches(actor, "inbox.work", place);
  const mayNote = detail.askedUnits.some((unit) => reaches(actor, "inbox.work", { unitId: unit.id, governmentId }));
  const decides = reaches(actor, "referral.decide", place);
  const [people, readers, targets, canned, draft] = await Promise.all([
    assignableBy(actor, place),
    mayWork || mayNote ? mentionable(actor, id) : [],
    mayWork || decides ? referralTargets(actor, id) : { suggested: [], agencies: [] },
    mayWork ? listCanned(actor, { id: unitId, governmentId }) : [],
    mayWork ? replyDraftOf(actor, id) : null,
  ]);
  return {
    detail,
    people,
    readers,
    targets,
    canned,
    draft: draft && { text: draft.text, at: draft.updatedAt.getTime() },
    mayWork,
    mayNote,
    maySendAgain: reaches(actor, "post.settle", place),
    mayPost: reaches(actor, "post.write", place),
  };
}

/** What is known to fill a ready answer in with. */
async function fillingOf(actor: Actor, detail: CaseDetail, at: Date): Promise<Filling> {
  const t = await getTranslations("inbox.canned");
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: detail.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const [hour = 0, minute = 0] = clock.format(at).split(":").map(Number);
  return {
    nama: detail.authorName,
    salam: t(`greeting.${greetingAt(hour * 60 + minute)}`),
    unit: detail.unit.name,
    petugas: actor.name,
  };
}

export default page("inbox.read", async ({ actor, params, search }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Refusal("not-found");
  const address = readAddress(search);
  const at = now();
  const [list, found] = await Promise.all([
    currentUnit(actor).then((unit) => readList(actor, unit, address, at)),
    readCase(actor, id.data),
  ]);
  const { detail, readers, targets, canned, draft, mayPost, ...may } = found;
  const filling = await fillingOf(actor, detail, at);
  return (
    <InboxFrame
      list={list}
      address={address}
      selected={detail.id}
      open={may.mayWork ? { caseId: detail.id, revision: detail.revision } : undefined}
      now={at}
    >
      <Targets targets={targets}>
        <Thread
          {...may}
          detail={detail}
          back={inboxHref(address)}
          box={{ personId: actor.personId, draft, people: readers, canned, filling }}
          suggestions={
            <Suspense fallback={null}>
              <Suggestions actor={actor} caseId={detail.id} zone={detail.zone} filling={filling} />
            </Suspense>
          }
        />
      </Targets>
      <CaseContext
        detail={detail}
        mayWork={may.mayWork}
        address={address}
        like={
          <Suspense fallback={null}>
            <LikeQuestions actor={actor} caseId={detail.id} mayPost={mayPost} />
          </Suspense>
        }
      />
    </InboxFrame>
  );
});
