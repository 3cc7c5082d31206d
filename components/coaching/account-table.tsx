import type { FurtherAccount } from "#lib/coaching/accounts/list.ts";
import { type Actor, reaches } from "#lib/core/access.ts";
import { platformNames } from "#lib/platforms/names.ts";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { VerdictSteps } from "./verdict-steps.tsx";
import { useCoachingWords } from "./words.ts";

/** Accounts with why they stand here and what is proposed, by whom it can be moved on. */
export function AccountTable({ actor, rows }: { actor: Actor; rows: FurtherAccount[] }) {
  const { t } = useCoachingWords();
  return (
    <div className="panel">
      <table className="tbl cards accounts">
        <caption className="sr-only">{t("accounts.caption")}</caption>
        <thead>
          <tr>
            {(["unit", "account", "why", "proposal"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`accounts.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const manages = reaches(actor, "coaching.manage", row);
            const answers = reaches(actor, "coaching.answer", row);
            return (
              <tr key={row.channelId}>
                <td className="name">{row.unitName}</td>
                <td>
                  <PlatformMark platform={row.platform} /> <span className="break-all">{row.handle}</span>
                </td>
                <td className="quiet">{reasons(row, t).join(". ")}</td>
                <td>
                  <VerdictSteps
                    key={`${row.verdict?.id}.${row.verdict?.revision}`}
                    channelId={row.channelId}
                    about={t("accounts.about", { platform: platformNames[row.platform], handle: row.handle })}
                    verdict={row.verdict}
                    others={row.others.map(({ id, platform, handle }) => ({ id, name: `${platformNames[platform]} ${handle}` }))}
                    manages={manages}
                    answers={answers}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function reasons({ level, daysSinceLastPost, mode, double }: FurtherAccount, t: ReturnType<typeof useCoachingWords>["t"]): string[] {
  const silent = level === "dormant" || level === "dead";
  const silence =
    daysSinceLastPost !== null
      ? t("accounts.silent", { days: daysSinceLastPost })
      : t(mode === "manual" ? "accounts.byHand" : "accounts.never");
  return [...(silent ? [silence] : []), ...(double ? [t("accounts.double")] : [])];
}
