"use client";

import { useTranslations } from "next-intl";
import type { Problem } from "#lib/platforms/problems.ts";
import { useProblemText } from "../problems.tsx";
import { platformNames } from "./platform-names.ts";
import { Sign } from "./sign.tsx";

export type ChannelProblem = Problem & { channelId: string };
type Props = { problems: ChannelProblem[]; ready: boolean; onMend: (problem: ChannelProblem) => void };

const mends: Partial<Record<Problem["code"], "mend.own" | "mend.alt">> = { "text-too-long": "mend.own", "alt-missing": "mend.alt" };

/** What stands in the way and what to weigh, each with the one press that mends it. */
export function ProblemList({ problems, ready, onMend }: Props) {
  const t = useTranslations("posts.composer");
  const text = useProblemText();
  const shown = once(problems);
  return (
    <section aria-live="polite" aria-labelledby="hal">
      <h2 id="hal" className="text-14 font-heading mb-2">
        {t("attention", { count: shown.length })}
      </h2>
      <ul className="problem-list">
        {shown.map((problem) => {
          const mend = mends[problem.code];
          return (
            <li
              key={`${problem.channelId}${problem.code}${problem.params.picture ?? ""}`}
              className={problem.severity === "stop" ? "stop" : "warn"}
            >
              <Sign name={problem.severity === "stop" ? "cross" : "warning"} />
              <div>
                <b>{platformNames[problem.platform]}</b>
                <p>{text(problem)}</p>
                {mend && (
                  <button type="button" className="link text-13" onClick={() => onMend(problem)}>
                    {t(mend, { platform: platformNames[problem.platform] })}
                  </button>
                )}
              </div>
            </li>
          );
        })}
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

/** The same missing alternative text is one thing to mend, however many channels carry the picture. */
const once = (problems: ChannelProblem[]) =>
  problems.filter(
    (p, i) => p.code !== "alt-missing" || problems.findIndex((o) => o.code === p.code && o.params.picture === p.params.picture) === i,
  );
