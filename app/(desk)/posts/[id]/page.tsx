import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { type PostDetail, postDetail } from "#lib/posts/detail.ts";
import { isEditable } from "#lib/posts/rules.ts";
import { Icon } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Compose } from "../compose.tsx";
import { HistoryPanel } from "./history.tsx";
import { PostView } from "./post-view.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("posts.detail"))("title") });

async function DraftTools({ post }: { post: PostDetail }) {
  const t = await getTranslations("approvals.emergency");
  return (
    <>
      <Link className="btn btn-quiet btn-small" href={`/posts/${post.id}/emergency` as Route}>
        <Icon name="alert" />
        <span>{t("open")}</span>
      </Link>
      <HistoryPanel post={post} />
    </>
  );
}

export default page("post.read", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) notFound();
  const post = await postDetail(actor, id.data);
  const place = { unitId: post.unit.id, governmentId: post.unit.governmentId };
  const writes = reaches(actor, "post.write", place);
  if (writes && isEditable(post.state)) return <Compose unit={post.unit} post={post} tools={<DraftTools post={post} />} />;
  return (
    <PostView
      post={post}
      may={{
        write: writes,
        schedule: reaches(actor, "post.schedule", place),
        settle: reaches(actor, "post.settle", place),
        review: reaches(actor, "post.review", place),
      }}
    />
  );
});
