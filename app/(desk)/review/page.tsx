import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { page } from "#lib/core/doors.ts";
import { ReviewDesk } from "./desk.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("posts.review"))("title") });

export default page("post.review", async ({ actor }) => <ReviewDesk actor={actor} id={null} />);
