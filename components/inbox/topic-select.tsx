"use client";

import { useOptimistic } from "react";
import { correctTopicAction } from "#lib/inbox/actions.ts";
import type { Topic } from "#lib/inbox/topics/topic-rules.ts";
import { Select } from "../ui/field.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWork } from "./work.tsx";

type Props = {
  caseId: string;
  revision: number;
  topic: Topic | null;
  choices: readonly { topic: Topic; name: string }[];
  words: { label: string; unknown: string; saved: string };
};

/** Corrects what a case is taken to be about. */
export function TopicSelect({ caseId, revision, topic, choices, words }: Props) {
  const { work } = useWork();
  const [shown, show] = useOptimistic(topic);
  const correct = (next: Topic | null) =>
    work(
      () => {
        show(next);
        return correctTopicAction({ caseId, revision, topic: next });
      },
      () => showToast(words.saved),
    );
  return (
    <label className="block mt-3" htmlFor="correct-topic">
      <span className="label">{words.label}</span>
      <Select id="correct-topic" value={shown ?? ""} onChange={(event) => correct((event.target.value || null) as Topic | null)}>
        <option value="">{words.unknown}</option>
        {choices.map((choice) => (
          <option key={choice.topic} value={choice.topic}>
            {choice.name}
          </option>
        ))}
      </Select>
    </label>
  );
}
