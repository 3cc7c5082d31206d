import type { Route } from "next";
import { useTranslations } from "next-intl";
import type { PostDetail } from "#lib/posts/detail.ts";
import Link from "../ui/link.tsx";
import { RepeatMark } from "../ui/repeat-mark.tsx";

/** What a post has to do with others: the series that made it, what it corrects and what corrects it; and its tags. */
export function PostTies({ post }: { post: Pick<PostDetail, "seriesId" | "corrects" | "correctedBy" | "tags"> }) {
  const series = useTranslations("series");
  const correction = useTranslations("correction");
  const { corrects, correctedBy, tags } = post;
  if (!post.seriesId && !corrects && !correctedBy.length && !tags.length) return null;
  const link = ({ id, title }: { id: string; title: string }) => (
    <Link key={id} className="link" href={`/posts/${id}`}>
      {title || correction("untitled")}
    </Link>
  );
  return (
    <div className="grid gap-1 mt-3 text-13 text-ink-2">
      {post.seriesId && (
        <p>
          <RepeatMark quiet /> {series("partOf")}{" "}
          <Link className="link" href={"/posts/series" as Route}>
            {series("toList")}
          </Link>
        </p>
      )}
      {corrects && (
        <p>
          <b>{correction("corrects")}</b> {link(corrects)}
        </p>
      )}
      {correctedBy.length > 0 && (
        <p className="flex flex-wrap gap-x-3">
          <b>{correction("correctedBy")}</b> {correctedBy.map(link)}
        </p>
      )}
      {tags.length > 0 && (
        <p className="flex flex-wrap gap-x-3">
          {tags.map((tag) => (
            <Link key={tag} className="link" href={`/posts?${new URLSearchParams({ tag })}` as Route}>
              {tag}
            </Link>
          ))}
        </p>
      )}
    </div>
  );
}
