"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Agency } from "#lib/inbox/referrals/suggesting.ts";
import { Input } from "../ui/field.tsx";

type Props = {
  id: string;
  agencies: readonly Agency[];
  suggested: readonly Agency[];
  chosen: string | null;
  onChoose: (id: string) => void;
};

const SHOWN = 60;

/** One agency of the government: those that fit first, then all, narrowed down by what is typed. */
export function AgencyPicker({ id, agencies, suggested, chosen, onChoose }: Props) {
  const t = useTranslations("inbox.refer");
  const [words, look] = useState("");
  const wanted = words.trim().toLowerCase();
  const others = agencies.filter(({ id: agencyId }) => !suggested.some((one) => one.id === agencyId));
  const ordered = wanted ? agencies : [...suggested, ...others];
  const found = ordered.filter(({ name, shortName }) => `${name} ${shortName}`.toLowerCase().includes(wanted));
  return (
    <fieldset>
      <legend className="label">{t("unit")}</legend>
      <label className="sr-only" htmlFor={`${id}-search`}>
        {t("search")}
      </label>
      <Input id={`${id}-search`} type="search" value={words} placeholder={t("search")} onChange={(event) => look(event.target.value)} />
      <div className="agencies">
        {found.slice(0, SHOWN).map((agency) => (
          <label key={agency.id} className="agency">
            <input type="radio" name={id} value={agency.id} checked={chosen === agency.id} onChange={() => onChoose(agency.id)} />
            <span className="min-w-0 grow">{agency.name}</span>
            {!wanted && suggested.includes(agency) && <span className="state state-accent">{t("fits")}</span>}
          </label>
        ))}
        {found.length === 0 && <p className="p-3 text-13 text-ink-3">{t("nothing")}</p>}
        {found.length > SHOWN && <p className="p-3 text-13 text-ink-3">{t("more", { count: found.length - SHOWN })}</p>}
      </div>
    </fieldset>
  );
}
