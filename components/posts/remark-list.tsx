import { useTranslations } from "next-intl";
import type { Remark } from "#lib/posts/remarks.ts";
import { RemarkResolve } from "./remark-resolve.tsx";

/** Remarks on the words of a post, each beside what it is about; `resolves`: the reader is one of its authors. */
export function RemarkList({ remarks, resolves }: { remarks: readonly Remark[]; resolves: boolean }) {
  const t = useTranslations("approvals.remarks");
  if (!remarks.length) return null;
  return (
    <ul className="grid gap-2 mt-2">
      {remarks.map((remark) => (
        <li key={remark.id} className={`text-13 ${remark.resolvedAt ? "text-ink-3" : ""}`}>
          <q className="remark-quote">{remark.quote}</q>
          <p>{remark.text}</p>
          <p className="flex flex-wrap items-center gap-x-3 text-12 text-ink-3">
            <span>{t("by", { name: remark.by, round: remark.round })}</span>
            {remark.resolvedAt ? <span>{t("resolved")}</span> : resolves && <RemarkResolve id={remark.id} />}
          </p>
        </li>
      ))}
    </ul>
  );
}
