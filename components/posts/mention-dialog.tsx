"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { listMentionsAction } from "#lib/posts/actions.ts";
import type { MentionedAccount } from "#lib/posts/mentions.ts";
import { unreachable, useAnswerText } from "../problems.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/field.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { mentionOf } from "./mention-rules.ts";

type Props = { unitId: string; onPick: (account: MentionedAccount) => void; onClose: () => void };

/** Chooses one of the government's own accounts. */
export default function MentionDialog({ unitId, onPick, onClose }: Props) {
  const t = useTranslations("posts.mentions");
  const ui = useTranslations("ui");
  const answerText = useAnswerText();
  const [search, setSearch] = useState("");
  const [found, setFound] = useState<{ accounts: MentionedAccount[]; more: boolean } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks anew, a moment after the last key
  useEffect(() => {
    let late = false;
    const timer = setTimeout(async () => {
      const answer = await listMentionsAction({ unitId, search }).catch(unreachable);
      if (late) return;
      setProblem(answer.ok ? null : answerText(answer));
      if (answer.ok) setFound(answer);
    }, 250);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [unitId, search]);

  return (
    <Dialog open onClose={onClose} title={t("title")} closeLabel={ui("close")}>
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={search}
        maxLength={100}
        onChange={(e) => setSearch(e.target.value)}
      />
      {problem && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      {found && !found.accounts.length && <p className="text-13 text-ink-2 my-3">{t("none")}</p>}
      <ul className="piece-list my-3">
        {found?.accounts.map((account) => (
          <li key={account.id}>
            <button type="button" onClick={() => onPick(account)}>
              <b>{mentionOf(account)}</b>
              <span className="text-12 text-ink-3">
                <PlatformMark platform={account.platform} /> {account.name} · {account.unitShortName}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found?.more && <p className="text-12 text-ink-3">{t("more")}</p>}
    </Dialog>
  );
}
