import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { ReviewDesk } from "../desk.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("posts.review"))("title") });

export default page("post.review", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) notFound();
  return <ReviewDesk actor={actor} id={id.data} />;
});
