"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import type { Problem } from "#lib/platforms/checked.ts";
import type { Duplicate } from "#lib/posts/duplicates.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { useProblemText } from "../problems.tsx";
import { platformNames } from "./platform-names.ts";
import { Sign } from "./sign.tsx";

export type ChannelProblem = Problem & { channelId: string };
/** `handles`: by channel, where an agency has several accounts on its platform. */
type Props = {
  problems: ChannelProblem[];
  handles: ReadonlyMap<string, string>;
  duplicates: Duplicate[];
  zone: Zone;
  ready: boolean;
  onMend: (problem: ChannelProblem) => void;
};

type Mend = "own" | "alt" | "fit" | "title" | "comment";
const mends: Partial<Record<Problem["code"], Mend>> = {
  "text-too-long": "own",
  "alt-missing": "alt",
  "video-alt-missing": "alt",
  "title-required": "title",
  "title-too-long": "title",
  "title-characters": "title",
  "comment-too-long": "comment",
  "comment-links": "comment",
  "picture-format": "fit",
  "picture-too-big": "fit",
  "picture-too-narrow": "fit",
  "picture-too-wide": "fit",
  "picture-long-side": "fit",
  "picture-short-side": "fit",
  "picture-dimensions": "fit",
  "picture-too-tall": "fit",
  "picture-too-flat": "fit",
};

/** The one press that mends a problem; undefined where only the author knows how. */
export const mendOf = (problem: Problem): Mend | undefined => mends[problem.code];

/** What stands in the way and what to weigh, each with the one press that mends it. */
export function ProblemList({ problems, handles, duplicates, zone, ready, onMend }: Props) {
  const t = useTranslations("posts.composer");
  const text = useProblemText();
  const shown = once(problems);
  return (
    <section aria-live="polite" aria-labelledby="hal">
      <h2 id="hal" className="text-14 font-heading mb-2">
        {t("attention", { count: shown.length + duplicates.length })}
      </h2>
      <ul className="problem-list">
        {shown.map((problem) => {
          const mend = mendOf(problem);
          return (
            <li
              key={`${problem.channelId}${problem.code}${problem.params.picture ?? problem.params.name ?? ""}`}
              className={problem.severity === "stop" ? "stop" : "warn"}
            >
              <Sign name={problem.severity === "stop" ? "cross" : "warning"} />
              <div>
                <b>
                  {platformNames[problem.platform]} {handles.get(problem.channelId)}
                </b>
                <p>{text(problem)}</p>
                {mend && (
                  <button type="button" className="link text-13" onClick={() => onMend(problem)}>
                    {t(`mend.${mend}`, { platform: platformNames[problem.platform] })}
                  </button>
                )}
              </div>
            </li>
          );
        })}
        {duplicates.map((duplicate) => (
          <DuplicateLine key={duplicate.id} duplicate={duplicate} zone={zone} />
        ))}
        {ready && !shown.some((p) => p.severity === "stop") && (
          <li className="fine">
            <Sign name="check" />
            <p>{t("fine")}</p>
          </li>
        )}
      </ul>
    </section>
  );
}

/** A post with nearly the same words, and the way to it where the reader may look. */
function DuplicateLine({ duplicate, zone }: { duplicate: Duplicate; zone: Zone }) {
  const t = useTranslations("posts.duplicate");
  const locale = useLocale();
  const { degree, sister, unitName, at, published, href } = duplicate;
  const date = formatInstant(new Date(at), zone, isLocale(locale) ? locale : "id", "date");
  return (
    <li className="warn">
      <Sign name="warning" />
      <div>
        <b>{t(degree)}</b>
        <p>{t(published ? (sister ? "bySister" : "byUnit") : "waiting", { unit: unitName, date })}</p>
        {href && (
          <a className="link text-13" href={href} target="_blank" rel="noopener">
            {t("look")}
          </a>
        )}
      </div>
    </li>
  );
}

/** The same missing alternative text is one thing to mend, however many channels carry the file. */
const once = (problems: ChannelProblem[]) =>
  problems.filter(
    (p, i) =>
      (p.code !== "alt-missing" && p.code !== "video-alt-missing") ||
      problems.findIndex((o) => o.code === p.code && o.params.picture === p.params.picture) === i,
  );
