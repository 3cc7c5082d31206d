"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { longestTag, mostTags, tidyTag, tidyTags } from "#lib/posts/tags.ts";
import { useProblemText } from "../problems.tsx";
import { Chip } from "../ui/chip.tsx";
import { Field, Input } from "../ui/field.tsx";
import { Sign } from "./sign.tsx";

/** Words of one's own to find the post by. What does not fit stays in the field. */
export function TagField({ tags, onChange }: { tags: string[]; onChange: (tags: string[]) => void }) {
  const t = useTranslations("posts.composer");
  const problemText = useProblemText();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const add = () => {
    const fresh = typed.split(",").filter(tidyTag);
    if (!fresh.length) return setTyped("");
    const all = tidyTags([...tags, ...fresh]);
    if (all.length > mostTags) return setProblem(problemText({ code: "too-many-tags" }));
    if (all.some((tag) => tag.length > longestTag)) return setProblem(problemText({ code: "tag-too-long", params: { limit: longestTag } }));
    setTyped("");
    setProblem(undefined);
    if (all.length > tags.length) onChange(all);
  };
  return (
    <div>
      <Field id="label-unggahan" label={t("tags")} hint={t("tagsHint")} error={problem}>
        {(control) => (
          <Input
            {...control}
            value={typed}
            maxLength={500}
            onChange={(e) => {
              setTyped(e.target.value);
              setProblem(undefined);
            }}
            onBlur={add}
            onKeyDown={(e) => {
              if (e.key !== "Enter" && e.key !== ",") return;
              e.preventDefault();
              add();
            }}
          />
        )}
      </Field>
      {tags.length > 0 && (
        <div className="chips mt-2">
          {tags.map((tag) => (
            <Chip
              key={tag}
              pressed
              icon={<Sign name="cross" />}
              aria-label={t("dropTag", { tag })}
              onClick={() => onChange(tags.filter((each) => each !== tag))}
            >
              {tag}
            </Chip>
          ))}
        </div>
      )}
    </div>
  );
}
