import { getTranslations } from "next-intl/server";
import type { Actor } from "#lib/core/access.ts";
import { reviewQueue } from "#lib/posts/queries.ts";
import { LiveRefresh } from "@/components/live/live-refresh.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import Link from "@/components/ui/link.tsx";
import { Opened } from "./opened.tsx";
import { Queue } from "./queue.tsx";

/** The verifier's desk: the queue, one post with what changed since the last round, its steps and gates, and the six points. */
export async function ReviewDesk({ actor, id }: { actor: Actor; id: string | null }) {
  const [t, queue] = await Promise.all([getTranslations("posts.review"), reviewQueue(actor)]);
  const open = id ?? queue[0]?.id ?? null;
  return (
    <>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { count: queue.length })}
        tools={
          <span className="text-13 text-ink-3 flex items-center gap-1">
            <kbd>J</kbd> <kbd>K</kbd> {t("moveKeys")}
          </span>
        }
      />
      <Page work>
        <LiveRefresh topics={["post"]} />
        {!queue.length && !open ? (
          <div className="page">
            <Empty
              action={
                <Link className="link" href="/posts?state=submitted">
                  {t("toPosts")}
                </Link>
              }
            >
              {t("empty")}
            </Empty>
          </div>
        ) : (
          <div className={`review ${id ? "" : "unchosen"}`}>
            <Queue queue={queue} current={open} />
            {open && <Opened actor={actor} id={open} queue={queue} />}
          </div>
        )}
      </Page>
    </>
  );
}
