import { useTranslations } from "next-intl";
import { pillars } from "#lib/posts/rules.ts";
import { Field, Input, Select } from "../ui/field.tsx";
import type { Draft } from "./draft.ts";
import { TagField } from "./tag-field.tsx";

type Props = { draft: Draft; problemOf: (field: string) => string | undefined; onChange: (part: Partial<Draft>) => void };

/** What belongs to a post beside its words: link, pillar, tags, and its source: who said it, in which document, where it stands. */
export function DetailFields({ draft, problemOf, onChange }: Props) {
  const t = useTranslations("posts.composer");
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2">
        <Field id="tautan" label={t("link")} error={problemOf("link")}>
          {(control) => (
            <Input
              {...control}
              type="url"
              inputMode="url"
              placeholder="https://"
              value={draft.link}
              maxLength={500}
              onChange={(e) => onChange({ link: e.target.value })}
            />
          )}
        </Field>
        <Field id="pilar" label={t("pillar")}>
          {(control) => (
            <Select
              {...control}
              value={draft.pillar ?? ""}
              onChange={(e) => onChange({ pillar: (e.target.value || null) as Draft["pillar"] })}
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
      </div>
      <div className="grid gap-4 md:grid-cols-3">
        <Field id="sumber" label={t("source")} error={problemOf("source")}>
          {(control) => (
            <Input
              {...control}
              placeholder={t("sourceHint")}
              value={draft.source}
              maxLength={300}
              onChange={(e) => onChange({ source: e.target.value })}
            />
          )}
        </Field>
        <Field id="dokumen-sumber" label={t("sourceDocument")} error={problemOf("sourceDocument")}>
          {(control) => (
            <Input
              {...control}
              placeholder={t("sourceDocumentHint")}
              value={draft.sourceDocument}
              maxLength={300}
              onChange={(e) => onChange({ sourceDocument: e.target.value })}
            />
          )}
        </Field>
        <Field id="tautan-sumber" label={t("sourceLink")} error={problemOf("sourceLink")}>
          {(control) => (
            <Input
              {...control}
              type="url"
              inputMode="url"
              placeholder="https://"
              value={draft.sourceLink}
              maxLength={500}
              onChange={(e) => onChange({ sourceLink: e.target.value })}
            />
          )}
        </Field>
      </div>
      <TagField tags={draft.tags} onChange={(tags) => onChange({ tags })} />
    </>
  );
}
