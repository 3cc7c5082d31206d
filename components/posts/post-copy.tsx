import { useTranslations } from "next-intl";
import type { PostDetail } from "#lib/posts/detail.ts";
import { platformNames } from "./platform-names.ts";

const safe = (url: string) => (/^https?:\/\//i.test(url) ? url : undefined);

/** The text with its own versions, link, source and pictures, as it was or will be published. */
export function PostCopy({ post, copy }: { post: PostDetail; copy?: React.ReactNode }) {
  const t = useTranslations("posts.detail");
  const { content } = post;
  return (
    <>
      {copy ?? <p className="post-copy">{content.text}</p>}
      {content.media.length > 0 && (
        <ul className="post-pictures">
          {content.media.map((m) => (
            <li key={m.mediaId}>
              {/* biome-ignore lint/performance/noImgElement: a private picture served by us, already in its size */}
              <img src={`/api/media/${m.mediaId}`} alt={m.alt} width={m.width} height={m.height} />
              <p className="text-12 text-ink-3 mt-1">{m.alt ? t("alt", { text: m.alt }) : t("noAlt")}</p>
            </li>
          ))}
        </ul>
      )}
      {content.channels
        .filter((c) => c.text !== null)
        .map((c) => (
          <details key={c.channelId} className="mb-4" open>
            <summary className="text-13 font-strong">{t("versionOf", { platform: platformNames[c.platform] })}</summary>
            <p className="mt-1 text-15 whitespace-pre-line">{c.text}</p>
          </details>
        ))}
      <dl className="facts mb-6">
        <dt>{t("author")}</dt>
        <dd>{post.author}</dd>
        <dt>{t("link")}</dt>
        <dd className="truncate">
          {content.link && safe(content.link) ? (
            <a className="link" href={content.link} rel="noopener noreferrer nofollow" target="_blank">
              {content.link}
            </a>
          ) : (
            t("none")
          )}
        </dd>
        <dt>{t("source")}</dt>
        <dd>{content.source ?? t("none")}</dd>
        <dt>{t("pillar")}</dt>
        <dd>{content.pillar ? t(`pillars.${content.pillar}` as "pillars.layanan") : t("none")}</dd>
      </dl>
    </>
  );
}
