import { db } from "../core/db.ts";
import { frozenContent } from "../delivery/content.ts";
import { findLinks } from "../platforms/links.ts";
import { takeInPosts } from "./intake.ts";

/** A publication of ours stands on the platform: it becomes one of the account's posts, with what only we know of it. */
export async function takeInPublished(publicationId: string) {
  const publication = await db.publication.findUnique({
    where: { id: publicationId },
    select: {
      id: true,
      subjectType: true,
      subjectId: true,
      state: true,
      remoteId: true,
      permalink: true,
      publishedAt: true,
      content: true,
      channelId: true,
      unitId: true,
      governmentId: true,
    },
  });
  if (publication?.state !== "published" || publication.subjectType !== "post" || !publication.remoteId || !publication.publishedAt) return;
  const content = frozenContent.parse(publication.content);
  const shown = content.video ? [content.video] : content.pictures;
  await db.$transaction((tx) =>
    takeInPosts(tx, { id: publication.channelId, unitId: publication.unitId, governmentId: publication.governmentId }, [
      {
        remoteId: publication.remoteId!,
        permalink: publication.permalink,
        text: content.text,
        publishedAt: publication.publishedAt!,
        visual: content.video ? "video" : content.pictures.length ? "image" : "none",
        hasAlt: shown.length ? shown.every((file) => file.alt.trim() !== "") : null,
        hasLink: content.link !== null || findLinks(content.text).length > 0,
        repost: false,
        metrics: { likes: null, comments: null, shares: null, views: null, reach: null },
        publicationId: publication.id,
        postId: publication.subjectId,
      },
    ]),
  );
}
