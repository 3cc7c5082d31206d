import { getTranslations } from "next-intl/server";
import { type PostDetail, postHistory, postVersions } from "#lib/posts/detail.ts";
import { Icon } from "@/components/ui/icon.tsx";
import { Time } from "@/components/ui/time.tsx";

/** Every state and every version of a post, newest first. */
export async function History({ post }: { post: PostDetail }) {
  const [t, events, versions] = await Promise.all([getTranslations("posts.history"), postHistory(post.id), postVersions(post.id)]);
  const { zone } = post.unit;
  return (
    <>
      <ol className="grid gap-2.5 text-13">
        {events.map((e) => (
          <li key={e.id}>
            <span className="font-label">
              {t.has(`event.${e.type}` as "event.post.begin") ? t(`event.${e.type}` as "event.post.begin") : e.type}
            </span>
            {typeof e.payload.note === "string" && <span className="text-ink-2"> “{e.payload.note}”</span>}
            <span className="block text-12 text-ink-3">
              {e.by ?? t("garda")}, <Time at={e.at} zone={zone} style="short" />
            </span>
          </li>
        ))}
      </ol>
      <details className="mt-4">
        <summary className="link text-13">{t("versions", { count: versions.length })}</summary>
        <ol className="grid gap-3 mt-3">
          {versions.map((v) => (
            <li key={v.number} className="text-13">
              <p className="text-12 text-ink-3">
                {t("version", { number: v.number, name: v.by })} · <Time at={v.at} zone={zone} style="short" />
              </p>
              <p className="whitespace-pre-line line-clamp-6 text-ink-2">{v.text}</p>
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

/** The same behind a button, for the composer's header. */
export async function HistoryPanel({ post }: { post: PostDetail }) {
  const t = await getTranslations("posts.history");
  return (
    <>
      <button type="button" className="btn btn-quiet btn-small" popoverTarget="riwayat-versi">
        <Icon name="history" />
        <span>{t("title")}</span>
      </button>
      <div id="riwayat-versi" popover="auto" className="pop pop-history">
        <History post={post} />
      </div>
    </>
  );
}
