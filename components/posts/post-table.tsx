import { useTranslations } from "next-intl";
import type { PostRow } from "#lib/posts/queries.ts";
import Link from "@/components/ui/link.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { RepeatMark } from "../ui/repeat-mark.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import { Time } from "../ui/time.tsx";

/** Posts as a table on wide screens, as cards on phones. */
export function PostTable({ rows }: { rows: PostRow[] }) {
  const t = useTranslations("posts.list");
  return (
    <div className="panel">
      <table className="tbl post-table">
        <thead>
          <tr>
            <th scope="col">{t("column.post")}</th>
            <th scope="col">{t("column.state")}</th>
            <th scope="col">{t("column.channels")}</th>
            <th scope="col">{t("column.time")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="title">
                <Link href={`/posts/${row.id}`} className="hover:underline">
                  {row.title || t("untitled")}
                </Link>
                {row.tags.length > 0 && <p className="text-12 text-ink-3 font-body">{row.tags.join(", ")}</p>}
                {row.note && row.state === "returned" && <p className="text-13 text-ink-3 font-body">“{row.note}”</p>}
              </td>
              <td>
                <StateBadge state={row.state} /> {row.repeats && <RepeatMark />}
              </td>
              <td className="quiet">
                <span className="flex gap-x-3 max-xl:flex-wrap">
                  {row.platforms.map((p) => (
                    <PlatformMark key={p} platform={p} />
                  ))}
                </span>
              </td>
              <td className="quiet whitespace-nowrap">
                {row.publishAt ? <Time at={row.publishAt} zone={row.unit.zone} style="short" /> : t("noTime")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
