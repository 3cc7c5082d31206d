import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { type PostContent, picturesOf, videoOf } from "#lib/posts/content.ts";
import type { PostDetail } from "#lib/posts/detail.ts";
import { platformNames } from "./platform-names.ts";

const safe = (url: string) => (/^https?:\/\//i.test(url) ? url : undefined);

/** Draws a text of the post; `channelId` null: the one that is for all. */
export type Mark = (text: string, place: "title" | "main" | "version" | "comment", channelId: string | null) => React.ReactNode;

/** The text with its own versions and all that goes with it, as it was or will be published: also what a person copies who publishes by hand. */
export function PostCopy({ post, mark = (text) => text }: { post: PostDetail; mark?: Mark }) {
  const t = useTranslations("posts.detail");
  const { content } = post;
  const pictures = picturesOf(content);
  const video = videoOf(content);
  return (
    <>
      {content.title && (
        <p className="mt-5">
          <span className="block text-12 text-ink-3">{t("titleField")}</span>
          <b>{mark(content.title, "title", null)}</b>
        </p>
      )}
      <p className="post-copy">{mark(content.text, "main", null)}</p>
      {video && (
        <div className="post-video">
          {/* biome-ignore lint/a11y/useMediaCaption: films come without captions; the alternative text stands below */}
          <video
            src={`/api/media/${video.mediaId}`}
            width={video.width}
            height={video.height}
            controls
            preload="metadata"
            aria-label={video.alt}
          />
          <p className="text-12 text-ink-3 mt-1">{video.alt ? t("alt", { text: video.alt }) : t("noAlt")}</p>
        </div>
      )}
      {pictures.length > 0 && (
        <ul className="post-pictures">
          {pictures.map((m) => (
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
            <p className="mt-1 text-15 whitespace-pre-line">{mark(c.text ?? "", "version", c.channelId)}</p>
          </details>
        ))}
      {together(content, (c) => c.firstComment ?? "").map(({ value, platforms, channelId }) => (
        <section key={value} className="mb-4">
          <h3 className="text-13 font-strong">{t("firstComment", { platforms })}</h3>
          <p className="mt-1 text-15 whitespace-pre-line">{mark(value, "comment", channelId)}</p>
        </section>
      ))}
      <dl className="facts mb-6">
        <dt>{t("author")}</dt>
        <dd>{post.author}</dd>
        {together(content, (c) => c.collaborators.join(", ")).map(({ value, platforms }) => (
          <Fragment key={value}>
            <dt>{t("collaborators", { platforms })}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
        <dt>{t("link")}</dt>
        <dd className="truncate">{content.link ? <Outside address={content.link} /> : t("none")}</dd>
        <dt>{t("source")}</dt>
        <dd>
          {content.source || content.sourceDocument || content.sourceLink ? null : t("none")}
          {content.source && <span className="block">{content.source}</span>}
          {content.sourceDocument && <span className="block">{content.sourceDocument}</span>}
          {content.sourceLink && (
            <span className="block truncate">
              <Outside address={content.sourceLink} />
            </span>
          )}
        </dd>
        <dt>{t("pillar")}</dt>
        <dd>{content.pillar ? t(`pillars.${content.pillar}` as "pillars.layanan") : t("none")}</dd>
      </dl>
    </>
  );
}

function Outside({ address }: { address: string }) {
  const href = safe(address);
  if (!href) return address;
  return (
    <a className="link" href={href} rel="noopener noreferrer nofollow" target="_blank">
      {address}
    </a>
  );
}

/** What channels have in common is said once, with their platforms and the first of them; what they have not is left out. */
function together(content: PostContent, of: (channel: PostContent["channels"][number]) => string) {
  const values = new Map<string, { channelId: string; platforms: Set<string> }>();
  for (const channel of content.channels) {
    const value = of(channel);
    if (!value) continue;
    const known = values.get(value) ?? { channelId: channel.channelId, platforms: new Set() };
    values.set(value, known);
    known.platforms.add(platformNames[channel.platform]);
  }
  return [...values].map(([value, { channelId, platforms }]) => ({ value, channelId, platforms: [...platforms].join(", ") }));
}
