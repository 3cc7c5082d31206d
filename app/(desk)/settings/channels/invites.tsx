"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { answerInviteAction } from "#lib/channels/actions.ts";
import type { InviteRow } from "#lib/channels/queries.ts";
import { useAnswerText } from "@/components/problems.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Note } from "@/components/ui/note.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { Section } from "@/components/ui/section.tsx";
import { showToast } from "@/components/ui/toast.tsx";
import { attempt } from "../attempt.ts";

/** Invitations to stand as an author of somebody's post, each with its two answers. */
export function Invites({ invites }: { invites: InviteRow[] }) {
  const t = useTranslations("channels.invites");
  return (
    <Section id="ajakan" title={t("title")} count={invites.length} className="mb-6">
      <ul className="panel divide-y divide-line">
        {invites.map((invite) => (
          <Invite key={invite.id} invite={invite} />
        ))}
      </ul>
    </Section>
  );
}

function Invite({ invite }: { invite: InviteRow }) {
  const t = useTranslations("channels.invites");
  const router = useRouter();
  const answerText = useAnswerText();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const answer = (accept: boolean) =>
    start(async () => {
      const done = await attempt(answerInviteAction({ inviteId: invite.id, accept }));
      if (!done.ok) return setProblem(answerText(done));
      showToast(t(accept ? "accepted" : "declined", { from: invite.fromName }));
      router.refresh();
    });
  return (
    <li className="grid gap-2 p-4">
      <p className="flex flex-wrap gap-x-2">
        <PlatformMark platform={invite.channel.platform} />
        <span>{t.rich("line", { from: invite.fromName, handle: invite.channel.handle, b: (words) => <b>{words}</b> })}</span>
      </p>
      {invite.text && <p className="text-ink-2 wrap-anywhere">{invite.text}</p>}
      {invite.permalink && (
        <p>
          <a className="link text-13" href={invite.permalink} target="_blank" rel="noreferrer">
            {t("see")}
          </a>
        </p>
      )}
      {problem && (
        <Note kind="danger" role="alert">
          {problem}
        </Note>
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" small aria-disabled={pending || undefined} onClick={() => !pending && answer(true)}>
          {t("accept")}
        </Button>
        <Button small aria-disabled={pending || undefined} onClick={() => !pending && answer(false)}>
          {t("decline")}
        </Button>
      </div>
    </li>
  );
}
