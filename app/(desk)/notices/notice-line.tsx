import type { Route } from "next";
import type { Locale } from "#lib/core/text.ts";
import type { NoticeRow } from "#lib/notices/queries.ts";
import { type Category, isNoticeType, noticeTypes } from "#lib/notices/types.ts";
import { noticeWords, type Translate } from "#lib/notices/words.ts";
import { Icon, type IconName } from "@/components/ui/icon.tsx";
import Link from "@/components/ui/link.tsx";
import { Time } from "@/components/ui/time.tsx";
import { MarkRead } from "./mark-read.tsx";

const icons: Record<Category, IconName> = {
  verification: "stamp",
  publishing: "send",
  inbox: "inbox",
  deadlines: "clock",
  emergency: "shieldAlert",
  coaching: "lifebuoy",
  account: "user",
};

/** One notice: what it is about, when it came, the way to where it is attended to. */
export function NoticeLine({ row, zone, locale, t }: { row: NoticeRow; zone: string; locale: Locale; t: Translate }) {
  const { title, sentence, text } = noticeWords(t, row, locale);
  const category = isNoticeType(row.type) ? noticeTypes[row.type].category : null;
  const unread = row.readAt === null;
  return (
    <li>
      <div className="notice">
        <Icon name={category ? icons[category] : "bell"} />
        <div className="min-w-0">
          <p className={unread ? "font-strong" : "text-ink-2"}>
            <Link className="hover:underline" href={`/notices/${row.id}` as Route}>
              {title}
            </Link>
            {unread && <span className="notice-new">{t("unread")}</span>}
          </p>
          {sentence && <p className="text-ink-2 break-words">{sentence}</p>}
          {text && <p className="text-13 text-ink-2 break-words whitespace-pre-line line-clamp-4 mt-1">{text}</p>}
          <p className="meta mt-1">
            {category && <span>{t(`category.${category}`)}</span>}
            <Time at={row.createdAt} zone={zone} style="short" />
          </p>
        </div>
        {unread && <MarkRead noticeId={row.id} title={title} />}
      </div>
    </li>
  );
}
