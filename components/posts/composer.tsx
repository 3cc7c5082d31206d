"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState, useTransition } from "react";
import type { Problem } from "#lib/core/errors.ts";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import { checkContent, counter } from "#lib/platforms/problems.ts";
import { submitPostAction } from "#lib/posts/actions.ts";
import { pillars } from "#lib/posts/rules.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { fieldOfInstant, instantOfField } from "#lib/units/local-time.ts";
import { unreachable, useAnswerText, useProblemText } from "../problems.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Field, Input, Select } from "../ui/field.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import { showToast } from "../ui/toast.tsx";
import type { Draft, DraftChannel } from "./draft.ts";
import { PictureList } from "./picture-list.tsx";
import { platformNames } from "./platform-names.ts";
import { Preview } from "./preview.tsx";
import { type ChannelProblem, ProblemList } from "./problem-list.tsx";
import { Sign } from "./sign.tsx";
import { useDraft } from "./use-draft.ts";

type Props = {
  initial: Draft;
  post: { postId: string | null; revision: number };
  unit: { id: string; zone: Zone; zoneLabel: string };
  channels: DraftChannel[];
  note: React.ReactNode;
  state: React.ReactNode;
};

/** Writes one text and fits it to each channel. Everything typed is kept, in the browser at once and on the server soon. */
export function Composer({ initial, post, unit, channels, note, state }: Props) {
  const t = useTranslations("posts.composer");
  const locale = useLocale();
  const router = useRouter();
  const problemText = useProblemText();
  const answerText = useAnswerText();
  const { draft, change, save, saving, restored, ids } = useDraft(initial, { ...post, unitId: unit.id });
  const [tab, setTab] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ problems: Problem[]; text: string } | null>(null);
  const [sending, startSending] = useTransition();

  const chosen = channels.filter((c) => draft.channels.some((d) => d.channelId === c.id));
  const own = draft.channels.find((c) => c.channelId === tab && c.text !== null);
  const problems = useMemo<ChannelProblem[]>(
    () =>
      chosen.flatMap((c) =>
        checkContent(c.platform, {
          text: draft.channels.find((d) => d.channelId === c.id)?.text ?? draft.text,
          link: draft.link.trim() || null,
          pictures: draft.pictures,
        }).map((p) => ({ ...p, channelId: c.id })),
      ),
    [chosen, draft],
  );
  const written = Boolean(draft.text.trim() || draft.link.trim() || draft.pictures.length);
  const fieldProblem = (field: string) => {
    const all = [...(saving.state === "failed" ? saving.answer.problems : []), ...(refused?.problems ?? [])];
    const found = all.find((p) => p.field === field);
    return found ? problemText(found) : undefined;
  };

  const toggle = (channel: DraftChannel) => {
    const without = draft.channels.filter((c) => c.channelId !== channel.id);
    change({ channels: without.length < draft.channels.length ? without : [...draft.channels, { channelId: channel.id, text: null }] });
    if (tab === channel.id) setTab(null);
  };
  const setOwn = (channelId: string, text: string | null) =>
    change({ channels: draft.channels.map((c) => (c.channelId === channelId ? { ...c, text } : c)) });
  const giveOwn = (channelId: string) => {
    setOwn(channelId, draft.channels.find((c) => c.channelId === channelId)?.text ?? draft.text);
    setTab(channelId);
  };
  const dropOwn = (channelId: string) => {
    setOwn(channelId, null);
    setTab(null);
  };
  const mend = (problem: ChannelProblem) => {
    if (problem.code === "text-too-long") giveOwn(problem.channelId);
    else document.getElementById(`alt-${problem.params.picture}`)?.focus();
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

  const savedWords = () => {
    switch (saving.state) {
      case "idle":
        return t("idle");
      case "waiting":
      case "saving":
        return t("saving");
      case "saved":
        return t("saved", { time: formatInstant(saving.at, unit.zone, isLocale(locale) ? locale : "id", "time") });
      case "offline":
        return t("offline");
      case "failed":
        return t("notSaved", { reason: answerText(saving.answer) });
    }
  };
  const mainUsers = chosen.filter((c) => draft.channels.find((d) => d.channelId === c.id)?.text == null);

  return (
    <div className="composer">
      <div className="composer-main">
        {note}
        {restored && <p className="note note-info">{t("restored")}</p>}
        <fieldset>
          <legend className="label">{t("channels")}</legend>
          {channels.length ? (
            <div className="chips">
              {channels.map((c) => (
                <Chip
                  key={c.id}
                  pressed={chosen.includes(c)}
                  onClick={() => toggle(c)}
                  icon={<PlatformMark platform={c.platform} />}
                  count={c.mode === "manual" ? t("manual") : undefined}
                >
                  {channels.filter((o) => o.platform === c.platform).length > 1 ? c.handle : null}
                </Chip>
              ))}
            </div>
          ) : (
            <p className="text-13 text-ink-2">{t("noChannels")}</p>
          )}
          {fieldProblem("channels") && <p className="error">{fieldProblem("channels")}</p>}
        </fieldset>
        <div>
          <div className="flex flex-wrap items-center gap-3 mb-2">
            <Segments label={t("versions")}>
              <Segment pressed={!own} onClick={() => setTab(null)}>
                {t("mainText")}
              </Segment>
              {chosen.map((c) => {
                const has = draft.channels.find((d) => d.channelId === c.id)?.text != null;
                return has ? (
                  <Segment key={c.id} pressed={tab === c.id} onClick={() => setTab(c.id)}>
                    {t("versionOf", { platform: platformNames[c.platform] })}
                  </Segment>
                ) : (
                  <Segment
                    key={c.id}
                    pressed={false}
                    onClick={() => giveOwn(c.id)}
                    aria-label={t("addVersion", { platform: platformNames[c.platform] })}
                  >
                    <Sign name="plus" /> {platformNames[c.platform]}
                  </Segment>
                );
              })}
            </Segments>
            {own ? (
              <button type="button" className="link text-13 ml-auto" onClick={() => dropOwn(own.channelId)}>
                {t("dropVersion")}
              </button>
            ) : (
              mainUsers.length > 0 && (
                <span className="text-13 text-ink-3 ml-auto max-md:hidden">
                  {t("usedBy", { platforms: mainUsers.map((c) => platformNames[c.platform]).join(", ") })}
                </span>
              )
            )}
          </div>
          <div className="editor">
            <label className="sr-only" htmlFor="naskah">
              {own ? t("versionOf", { platform: platformNames[channels.find((c) => c.id === own.channelId)!.platform] }) : t("mainText")}
            </label>
            <textarea
              id="naskah"
              value={own?.text ?? draft.text}
              placeholder={t("placeholder")}
              onChange={(e) => (own ? setOwn(own.channelId, e.target.value) : change({ text: e.target.value }))}
            />
            <ul className="counters" aria-label={t("counters")}>
              {chosen.map((c) => {
                const { count, limit } = counter(
                  c.platform,
                  draft.channels.find((d) => d.channelId === c.id)?.text ?? draft.text,
                  draft.link.trim() || null,
                  draft.pictures.length > 0,
                );
                const number = new Intl.NumberFormat(locale);
                return (
                  <li key={c.id} className={count > limit ? "over" : undefined}>
                    {platformNames[c.platform]} {number.format(count)}/{number.format(limit)}
                  </li>
                );
              })}
            </ul>
          </div>
          {fieldProblem("text") && <p className="error">{fieldProblem("text")}</p>}
        </div>
        <PictureList unitId={unit.id} pictures={draft.pictures} onChange={(pictures) => change({ pictures })} />
        <div className="grid gap-4 md:grid-cols-3">
          <Field id="tautan" label={t("link")} error={fieldProblem("link")}>
            {(control) => (
              <Input
                {...control}
                type="url"
                inputMode="url"
                placeholder="https://"
                value={draft.link}
                maxLength={500}
                onChange={(e) => change({ link: e.target.value })}
              />
            )}
          </Field>
          <Field id="pilar" label={t("pillar")}>
            {(control) => (
              <Select
                {...control}
                value={draft.pillar ?? ""}
                onChange={(e) => change({ pillar: (e.target.value || null) as Draft["pillar"] })}
              >
                <option value="">{t("noPillar")}</option>
                {pillars.map((pillar) => (
                  <option key={pillar} value={pillar}>
                    {t(`pillars.${pillar}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field id="sumber" label={t("source")} error={fieldProblem("source")}>
            {(control) => (
              <Input
                {...control}
                placeholder={t("sourceHint")}
                value={draft.source}
                maxLength={300}
                onChange={(e) => change({ source: e.target.value })}
              />
            )}
          </Field>
        </div>
      </div>
      <aside className="composer-side">
        <ProblemList problems={written ? problems : []} ready={written && chosen.length > 0} onMend={mend} />
        <Preview draft={draft} channels={chosen} />
      </aside>
      <div className="footer-bar composer-bar">
        <div className="footer-words">
          {state}
          <span className="text-13 text-ink-3" role="status">
            {savedWords()}
          </span>
          {refused && (
            <span className="text-13 text-danger-text font-label" role="alert">
              {refused.text}
            </span>
          )}
        </div>
        <label className="schedule-field">
          <Sign name="clock" />
          <span className="sr-only">{t("publishAt", { zone: unit.zoneLabel })}</span>
          <input
            type="datetime-local"
            value={fieldOfInstant(draft.publishAt, unit.zone)}
            onChange={(e) => change({ publishAt: instantOfField(e.target.value, unit.zone) })}
          />
          <span aria-hidden="true">{unit.zoneLabel}</span>
        </label>
        <Button kind="primary" aria-disabled={sending || undefined} onClick={() => !sending && submit()}>
          {t("submit")}
        </Button>
      </div>
    </div>
  );
}
