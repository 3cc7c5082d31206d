"use client";

import { useTranslations } from "next-intl";
import { takesCollaborators } from "#lib/platforms/problems.ts";
import { carriesFirstComment } from "#lib/posts/rules.ts";
import { Field, Input, Textarea } from "../ui/field.tsx";
import type { Draft, DraftChannel } from "./draft.ts";
import { platformNames } from "./platform-names.ts";

type Props = { draft: Draft; channels: DraftChannel[]; onChange: (part: Partial<Draft>) => void };

/** What only some platforms know: a first comment, and others invited to stand as authors too. */
export function ExtraFields({ draft, channels, onChange }: Props) {
  const t = useTranslations("posts.composer");
  const commenting = channels.filter(carriesFirstComment);
  const inviting = channels.some((channel) => takesCollaborators(channel.platform));
  const names = [...new Set(commenting.map((channel) => platformNames[channel.platform]))].join(", ");
  return (
    <>
      {(commenting.length > 0 || draft.firstComment) && (
        <Field id="komentar-pertama" label={t("firstComment")} hint={names && t("firstCommentHint", { platforms: names })}>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              value={draft.firstComment}
              maxLength={20_000}
              onChange={(e) => onChange({ firstComment: e.target.value })}
            />
          )}
        </Field>
      )}
      {(inviting || draft.collaborators) && (
        <Field id="kolaborator" label={t("collaborators")} hint={t("collaboratorsHint")}>
          {(control) => (
            <Input
              {...control}
              value={draft.collaborators}
              maxLength={300}
              autoCapitalize="none"
              spellCheck={false}
              placeholder="dinkes_tegal, pemkabtegal"
              onChange={(e) => onChange({ collaborators: e.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
