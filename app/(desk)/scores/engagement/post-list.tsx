import { type PostFigures, type PostOrder, postOrders } from "#lib/scores/engagement/figures.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Time } from "@/components/ui/time.tsx";
import { type EngagementAddress, engagementHref } from "./address.ts";
import { useWords } from "./words.ts";

type Props = { posts: readonly PostFigures[]; address: EngagementAddress; zone: Zone; byUnit: boolean };

/** The first posts by one figure, with all of theirs. */
export function PostList({ posts, address, zone, byUnit }: Props) {
  const { t, count, rate } = useWords();
  if (!posts.length) return <Empty>{t("posts.none")}</Empty>;
  const cell = (name: "reach" | "views" | "interactions" | "rate", value: string, known: boolean) => (
    <td className={`num ${known ? "" : "text-13 text-ink-3"}`} data-label={t(`figure.${name}`)}>
      {known ? (
        value
      ) : (
        <>
          <span aria-hidden="true">–</span>
          <span className="sr-only">{t("missing")}</span>
        </>
      )}
    </td>
  );
  return (
    <>
      <nav className="chips mb-3 print:hidden" aria-label={t("posts.order")}>
        {postOrders.map((order: PostOrder) => (
          <ChipLink key={order} current={order === address.sort} href={engagementHref(address, { sort: order })}>
            {t(`posts.by.${order}`)}
          </ChipLink>
        ))}
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard */}
      <section className="panel relative overflow-x-auto" tabIndex={0} aria-label={t("tableOf", { what: t("posts.title") })}>
        <table className="tbl cards labelled">
          <thead>
            <tr>
              <th scope="col">{t("posts.post")}</th>
              {(["reach", "views", "interactions", "rate"] as const).map((name) => (
                <th key={name} scope="col" className="num">
                  {t(`figure.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {posts.map((post) => (
              <tr key={post.id}>
                <td className="py-2 min-w-60">
                  {post.permalink ? (
                    <a className="line-clamp-2 wrap-anywhere hover:underline" href={post.permalink} target="_blank" rel="noreferrer">
                      {post.text || t("posts.noText")}
                      <span className="sr-only"> {t("newTab")}</span>
                    </a>
                  ) : (
                    <span className="line-clamp-2 wrap-anywhere">{post.text || t("posts.noText")}</span>
                  )}
                  <span className="meta">
                    <PlatformMark platform={post.platform} quiet />
                    {byUnit && <span>{post.unit}</span>}
                    <Time at={post.publishedAt} zone={zone} style="short" />
                    {post.fell && <span>{t("posts.fell")}</span>}
                  </span>
                </td>
                {cell("reach", count(post.reach), post.reach !== null)}
                {cell("views", count(post.views), post.views !== null)}
                {cell("interactions", count(post.interactions), post.interactions !== null)}
                {cell("rate", rate(post.ratePpm), post.ratePpm !== null)}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="note-line">{t("posts.note")}</p>
    </>
  );
}
