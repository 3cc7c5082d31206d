import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { postDetail } from "#lib/posts/detail.ts";
import { isEditable } from "#lib/posts/rules.ts";
import { Compose } from "../compose.tsx";
import { HistoryPanel } from "./history.tsx";
import { PostTools } from "./post-tools.tsx";
import { PostView } from "./post-view.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("posts.detail"))("title") });

export default page("post.read", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) notFound();
  const post = await postDetail(actor, id.data);
  const place = { unitId: post.unit.id, governmentId: post.unit.governmentId };
  const writes = reaches(actor, "post.write", place);
  const tools = (
    <>
      <PostTools post={post} />
      <HistoryPanel post={post} />
    </>
  );
  if (writes && isEditable(post.state)) return <Compose unit={post.unit} post={post} tools={tools} />;
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
