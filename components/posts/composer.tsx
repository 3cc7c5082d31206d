"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useMemo, useRef, useState, useTransition } from "react";
import type { Problem } from "#lib/core/errors.ts";
import { takesTitle } from "#lib/platforms/problems.ts";
import { submitPostAction } from "#lib/posts/actions.ts";
import { channelProblems } from "#lib/posts/rules.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { unreachable, useAnswerText, useProblemText } from "../problems.tsx";
import { Field, Input } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { Attachments } from "./attachments.tsx";
import { ChannelChoice } from "./channel-choice.tsx";
import { ComposerBar } from "./composer-bar.tsx";
import { ConflictPanel } from "./conflict.tsx";
import { DetailFields } from "./detail-fields.tsx";
import { beside, contentOf, type Draft, type DraftChannel, type DraftPicture, fileOf, isVideo } from "./draft.ts";
import { ExtraFields } from "./extra-fields.tsx";
import { Preview } from "./preview.tsx";
import { type ChannelProblem, mendOf, ProblemList } from "./problem-list.tsx";
import { RemovedChannels } from "./removed-channels.tsx";
import { ownText, TextEditor } from "./text-editor.tsx";
import { useDraft } from "./use-draft.ts";
import { useDuplicates } from "./use-duplicates.ts";
import { usePresence } from "./use-presence.ts";

// Fetched when it is opened: most pictures fit as they are.
const FitDialog = lazy(() => import("./fit-dialog.tsx"));

type Props = {
  initial: Draft;
  /** What a new draft begins with, where nothing of one's own was kept. */
  words?: string;
  post: { postId: string | null; revision: number };
  unit: { id: string; zone: Zone; zoneLabel: string };
  channels: DraftChannel[];
  note: React.ReactNode;
  state: React.ReactNode;
};

/** Writes one text and fits it to each channel. Everything typed is kept, in the browser at once and on the server soon. */
export function Composer({ initial, words, post, unit, channels, note, state }: Props) {
  const t = useTranslations("posts.composer");
  const router = useRouter();
  const problemText = useProblemText();
  const answerText = useAnswerText();
  const { draft, change, save, saving, restored, merged, conflict, choose, ids } = useDraft(initial, { ...post, unitId: unit.id }, words);
  const [tab, setTab] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ problems: Problem[]; text: string } | null>(null);
  const [fitting, setFitting] = useState<DraftPicture | null>(null);
  const [sending, startSending] = useTransition();

  const draftId = ids().postId;
  const others = usePresence(draftId);
  const duplicates = useDuplicates({ postId: draftId, unitId: unit.id, text: draft.text });

  const chosen = channels.filter((c) => draft.channels.some((d) => d.channelId === c.id));
  const problems = useMemo<ChannelProblem[]>(() => {
    const content = contentOf(draft, chosen);
    return content.channels.flatMap((c) => channelProblems(content, c).map((p) => ({ ...p, channelId: c.channelId })));
  }, [chosen, draft]);
  const handles = new Map(channels.flatMap((c) => (channels.some((o) => o !== c && o.platform === c.platform) ? [[c.id, c.handle]] : [])));
  const written = Boolean(draft.text.trim() || draft.link.trim() || draft.pictures.length || draft.video);
  const fieldProblem = (field: string) => {
    const all = [...(saving.state === "failed" ? saving.answer.problems : []), ...(refused?.problems ?? [])];
    const found = all.find((p) => p.field === field);
    return found ? problemText(found) : undefined;
  };

  // A channel that is chosen again has its own words again.
  const left = useRef(new Map<string, string>());
  const toggle = (channel: DraftChannel) => {
    const without = draft.channels.filter((c) => c.channelId !== channel.id);
    const own = draft.channels.find((c) => c.channelId === channel.id)?.text;
    if (own) left.current.set(channel.id, own);
    const chosenAgain = { channelId: channel.id, text: left.current.get(channel.id) ?? null };
    change({ channels: without.length < draft.channels.length ? without : [...draft.channels, chosenAgain] });
    if (tab === channel.id) setTab(null);
  };
  const mend = (problem: ChannelProblem) => {
    const way = mendOf(problem);
    if (way === "own") {
      change(ownText(draft, problem.channelId, draft.channels.find((c) => c.channelId === problem.channelId)?.text ?? draft.text));
      setTab(problem.channelId);
    } else if (way === "fit") setFitting(draft.pictures[Number(problem.params.picture) - 1] ?? null);
    else if (way === "alt") document.getElementById(`alt-${problem.params.picture ?? "video"}`)?.focus();
    else if (way) document.getElementById(way === "title" ? "judul" : "komentar-pertama")?.focus();
  };

  const submit = () =>
    startSending(async () => {
      setRefused(null);
      if (!(await save())) return;
      const { postId, revision } = ids();
      if (!postId) return setRefused({ problems: [{ field: "text", code: "text-empty" }], text: problemText({ code: "text-empty" }) });
      const answer = await submitPostAction({ postId, revision }).catch(unreachable);
      if (!answer.ok) return setRefused({ problems: answer.problems, text: answerText(answer) });
      showToast(t("submitted"));
      router.push(`/posts/${postId}`);
    });

  const titled = chosen.filter((c) => takesTitle(c.platform, beside(draft)));

  return (
    <div className="composer">
      <div className="composer-main">
        {conflict && (
          <ConflictPanel key={conflict.theirs.revision} conflict={conflict} channels={channels} zone={unit.zone} onChoose={choose} />
        )}
        <div className="flex flex-col gap-5 min-w-0" inert={conflict !== null}>
          {note}
          {restored && <p className="note note-info">{t("restored")}</p>}
          {others.length > 0 && (
            <p className="note note-info" role="status">
              {t("present", { names: others.join(", ") })}
            </p>
          )}
          {merged && (
            <p className="note note-info" role="status">
              {merged.name ? t("merged", { name: merged.name }) : t("mergedElsewhere")}
            </p>
          )}
          <RemovedChannels draft={draft} channels={channels} onChange={change} />
          <ChannelChoice channels={channels} chosen={chosen} problem={fieldProblem("channels")} onToggle={toggle} />
          {(titled.length > 0 || draft.title) && (
            <Field id="judul" label={t("titleField")} hint={t("titleHint")} error={fieldProblem("title")}>
              {(control) => <Input {...control} value={draft.title} maxLength={300} onChange={(e) => change({ title: e.target.value })} />}
            </Field>
          )}
          <div>
            <TextEditor unitId={unit.id} draft={draft} channels={chosen} tab={tab} onTab={setTab} onChange={change} />
            {fieldProblem("text") && <p className="error">{fieldProblem("text")}</p>}
          </div>
          <Attachments unitId={unit.id} pictures={draft.pictures} video={draft.video} onChange={change} />
          <ExtraFields draft={draft} channels={chosen} onChange={change} />
          <DetailFields draft={draft} problemOf={fieldProblem} onChange={change} />
        </div>
      </div>
      <aside className="composer-side">
        <ProblemList
          problems={written ? problems : []}
          handles={handles}
          duplicates={duplicates}
          zone={unit.zone}
          ready={written && chosen.length > 0}
          onMend={mend}
        />
        <Preview draft={draft} channels={chosen} />
      </aside>
      {fitting && (
        <Suspense fallback={null}>
          <FitDialog
            picture={fitting}
            platforms={[...new Set(chosen.map((c) => c.platform))]}
            onAccept={(media) => {
              setFitting(null);
              const fitted = fileOf(media);
              if (isVideo(fitted)) return;
              change({ pictures: draft.pictures.map((p) => (p.mediaId === fitting.mediaId ? { ...fitted, alt: p.alt } : p)) });
            }}
            onClose={() => setFitting(null)}
          />
        </Suspense>
      )}
      <ComposerBar
        state={state}
        saving={saving}
        draftId={draftId}
        refused={refused?.text ?? null}
        publishAt={draft.publishAt}
        zone={unit.zone}
        zoneLabel={unit.zoneLabel}
        blocked={sending || conflict !== null}
        onTime={(publishAt) => change({ publishAt })}
        onSubmit={submit}
      />
    </div>
  );
}
