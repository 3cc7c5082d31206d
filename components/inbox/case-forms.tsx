import type { Route } from "next";
import { useTranslations } from "next-intl";
import Link from "@/components/ui/link.tsx";
import { Section } from "../ui/section.tsx";

/** Where a case may go on outside of the inbox: to LAPOR!, or as a request for information. */
export function CaseForms({ caseId, requests }: { caseId: string; requests: boolean }) {
  const t = useTranslations("lapor.context");
  return (
    <Section id="lapor-ppid" title={t("heading")}>
      <ul className="grid gap-1 text-13">
        <li>
          <Link className="link" href={`/inbox/${caseId}/lapor` as Route}>
            {t("lapor")}
          </Link>
        </li>
        {requests && (
          <li>
            <Link className="link" href={`/inbox/${caseId}/ppid` as Route}>
              {t("ppid")}
            </Link>
          </li>
        )}
      </ul>
    </Section>
  );
}
