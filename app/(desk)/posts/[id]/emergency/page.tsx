import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { authorize } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { postDetail } from "#lib/posts/detail.ts";
import { gatesOfPost } from "#lib/posts/round.ts";
import { nextState } from "#lib/posts/rules.ts";
import { Messages } from "@/components/messages.tsx";
import { EmergencyForm } from "@/components/posts/emergency-forms.tsx";
import { GateNote } from "@/components/posts/gate-note.tsx";
import { PostCopy } from "@/components/posts/post-copy.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Note } from "@/components/ui/note.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("approvals.emergency"))("title") });

/** What would go out now, and the reason why it cannot wait for a verifier. */
export default page("post.write", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) notFound();
  const post = await postDetail(actor, id.data);
  authorize(actor, "post.write", { unitId: post.unit.id, governmentId: post.unit.governmentId });
  if (!nextState(post.state, "emergency")) redirect(`/posts/${post.id}`);
  const [t, { hits, gates }] = await Promise.all([getTranslations("approvals.emergency"), gatesOfPost(post)]);
  return (
    <>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <Page>
        <div className="grid gap-4 max-w-[640px]">
          <Note kind="warn" icon={<Icon name="warning" />}>
            {t("what", { count: post.content.channels.length })}
          </Note>
          <p className="flex flex-wrap gap-4 text-13 text-ink-2">
            {post.content.channels.map((channel) => (
              <PlatformMark key={channel.channelId} platform={channel.platform} />
            ))}
          </p>
          <Messages namespaces={["approvals", "problems"]}>
            <GateNote gates={gates} hits={hits} post={null} />
            <PostCopy post={post} />
            <EmergencyForm post={{ id: post.id, revision: post.revision }} />
          </Messages>
          <p>
            <Link className="link" href={`/posts/${post.id}`}>
              {t("back")}
            </Link>
          </p>
        </div>
      </Page>
    </>
  );
});
