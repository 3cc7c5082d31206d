"use client";

import { useTranslations } from "next-intl";
import { type Acting, actings, type Signatory } from "#lib/reports/signing.ts";
import { Field, Input, Select } from "../ui/field.tsx";

export type SignatoryDraft = { office: string; onBehalfOf: string; acting: Acting | ""; name: string; rank: string; nip: string };

export const draftOf = (signatory: Signatory | null): SignatoryDraft => ({
  office: signatory?.office ?? "",
  onBehalfOf: signatory?.onBehalfOf ?? "",
  acting: signatory?.acting ?? "",
  name: signatory?.name ?? "",
  rank: signatory?.rank ?? "",
  nip: signatory?.nip ?? "",
});

/** As it is sent; null where nothing is filled in. */
export function signatoryOf({ office, onBehalfOf, acting, name, rank, nip }: SignatoryDraft): Signatory | null {
  if (![office, onBehalfOf, name, rank, nip].some((text) => text.trim())) return null;
  return { office, onBehalfOf: onBehalfOf.trim() || null, acting: acting || null, name, rank, nip };
}

type Props = {
  draft: SignatoryDraft;
  change: (draft: SignatoryDraft) => void;
  errorOf: (field: string) => string | undefined;
  /** What the fields are called in problems: "signatory" or "letterhead.signatory". */
  field: string;
};

/** Who signs: office, name with degrees, rank and NIP. */
export function SignatoryFields({ draft, change, errorOf, field }: Props) {
  const t = useTranslations("reports.signatory");
  const text = (name: "office" | "onBehalfOf" | "name" | "rank" | "nip", more: { inputMode?: "numeric"; maxLength: number }) => (
    <Field id={`ttd-${name}`} label={t(name)} hint={t(`hint.${name}`)} error={errorOf(`${field}.${name}`)}>
      {(control) => (
        <Input {...control} {...more} value={draft[name]} onChange={(event) => change({ ...draft, [name]: event.target.value })} />
      )}
    </Field>
  );
  return (
    <>
      {text("office", { maxLength: 120 })}
      <Field id="ttd-acting" label={t("acting")}>
        {(control) => (
          <Select {...control} value={draft.acting} onChange={(event) => change({ ...draft, acting: event.target.value as Acting | "" })}>
            <option value="">{t("actings.none")}</option>
            {actings.map((acting) => (
              <option key={acting} value={acting}>
                {t(`actings.${acting}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {text("onBehalfOf", { maxLength: 80 })}
      {text("name", { maxLength: 120 })}
      {text("rank", { maxLength: 80 })}
      {text("nip", { inputMode: "numeric", maxLength: 24 })}
    </>
  );
}
