"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatInstant, isLocale } from "#lib/core/text.ts";
import type { DraftConflict } from "#lib/posts/draft-merging.ts";
import { pillars } from "#lib/posts/rules.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { Button } from "../ui/button.tsx";
import { Segment, Segments } from "../ui/segments.tsx";
import type { DraftChannel } from "./draft.ts";
import { type Choice, type Conflict, choicesIn } from "./merge-draft.ts";
import { platformNames } from "./platform-names.ts";

type Props = {
  conflict: Conflict;
  channels: DraftChannel[];
  zone: Zone;
  onChoose: (choices: Record<string, Choice>) => void;
};
type Value = Exclude<DraftConflict, { pieces: unknown }>["mine"];

/** What two people, or two browsers, changed in the same place: both stand side by side until one is chosen, or both. */
export function ConflictPanel({ conflict, channels, zone, onChoose }: Props) {
  const t = useTranslations("posts.conflict");
  const composer = useTranslations("posts.composer");
  const locale = useLocale();
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const due = choicesIn(conflict.conflicts);
  const open = due.filter((key) => !choices[key]).length;
  const { name } = conflict.theirs;
  const sides = { mine: t("mine"), theirs: name ? t("theirs", { name }) : t("elsewhere") };

  const labelOf = (field: string) => {
    const [kind, id] = field.split(".");
    if (kind === "channel") {
      const channel = channels.find((c) => c.id === id);
      return composer("versionOf", { platform: channel ? platformNames[channel.platform] : "" });
    }
    if (kind === "media" && id) return t("alt", { name: fileName(id) });
    return t(`fields.${field as "text"}`);
  };
  const fileName = (id: string) =>
    [conflict.mine, conflict.theirs.draft].flatMap((d) => [...d.pictures, ...(d.video ? [d.video] : [])]).find((f) => f.mediaId === id)
      ?.name ?? "";
  const shown = (field: string, value: Value): string => {
    if (value === undefined) return t("leftOut");
    if (value === null) return field.startsWith("channel.") ? t("usesMain") : t("empty");
    if (typeof value !== "string") return value.map((each) => (field === "media" ? fileName(each) : each)).join(", ") || t("empty");
    if (field === "publishAt") return formatInstant(new Date(value), zone, isLocale(locale) ? locale : "id", "near");
    const pillar = field === "pillar" && pillars.find((p) => p === value);
    return pillar ? composer(`pillars.${pillar}`) : value || t("empty");
  };
  const choice = (key: string, label: string, [mine, theirs]: [string, string], both: boolean) => (
    <div key={key} className="conflict-choice">
      <div className="conflict-sides">
        {(["theirs", "mine"] as const).map((side) => (
          <figure key={side} data-chosen={choices[key] === side || choices[key] === "both" || undefined}>
            <figcaption>{sides[side]}</figcaption>
            <p>{(side === "mine" ? mine : theirs) || t("empty")}</p>
          </figure>
        ))}
      </div>
      <Segments label={t("choose", { what: label })}>
        {(["theirs", "mine", ...(both ? (["both"] as const) : [])] as const).map((each) => (
          <Segment key={each} pressed={choices[key] === each} onClick={() => setChoices((was) => ({ ...was, [key]: each }))}>
            {t(`use.${each}`)}
          </Segment>
        ))}
      </Segments>
    </div>
  );

  return (
    <section className="conflict" aria-labelledby="bentrok" role="alert">
      <h2 id="bentrok" className="text-15 font-heading">
        {t("title")}
      </h2>
      <p className="text-13 text-ink-2">{name ? t("text", { name }) : t("textElsewhere")}</p>
      {conflict.conflicts.map((each) => (
        <div key={each.field}>
          <h3 className="label">{labelOf(each.field)}</h3>
          {"pieces" in each
            ? each.pieces.map((piece, index) =>
                typeof piece === "string"
                  ? piece.trim() && (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a conflict never move
                      <p key={index} className="conflict-same">
                        {piece}
                      </p>
                    )
                  : choice(`${each.field}:${index}`, labelOf(each.field), [piece.mine, piece.theirs], true),
              )
            : choice(each.field, labelOf(each.field), [shown(each.field, each.mine), shown(each.field, each.theirs)], false)}
        </div>
      ))}
      <p>
        <Button kind="primary" aria-disabled={open > 0 || undefined} onClick={() => open === 0 && onChoose(choices)}>
          {open ? t("open", { count: open }) : t("done")}
        </Button>
      </p>
    </section>
  );
}
