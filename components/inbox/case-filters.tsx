"use client";

import type { Route } from "next";
import Form from "next/form";
import { useTranslations } from "next-intl";
import type { Kind } from "#lib/inbox/kinds.ts";
import type { Platform } from "#lib/platforms/contract.ts";
import { platformNames } from "#lib/platforms/names.ts";
import Link from "@/components/ui/link.tsx";
import { Button } from "../ui/button.tsx";
import { Input, Select } from "../ui/field.tsx";
import { type InboxAddress, inboxHref, longestSearch, type Narrowed, narrowings, viewAddress } from "./address.ts";

export type FilterChoices = { kinds: readonly Kind[]; platforms: readonly Platform[]; units: readonly { id: string; shortName: string }[] };
type Props = { address: InboxAddress; choices: FilterChoices };

const sign = (path: string) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);
const lens = "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.25 15.25 20.5 20.5";
const funnel = "M4 7h16M7 12h10M10 17h4";

/** Words to look for, and what narrows the view down; both go into the address. */
export function CaseFilters({ address, choices }: Props) {
  const t = useTranslations("inbox");
  const { view, narrowed, words } = address;
  const count = narrowings(narrowed);
  return (
    <div className="inbox-find">
      <Form action={"/inbox" as Route} role="search" className="inbox-search">
        <Kept view={view} narrowed={narrowed} />
        {sign(lens)}
        <Input
          name="q"
          type="search"
          defaultValue={words}
          maxLength={longestSearch}
          data-key="/"
          autoComplete="off"
          aria-label={t("search.label")}
          placeholder={t("search.hint")}
        />
      </Form>
      <button type="button" className="btn btn-small" popoverTarget="saring">
        {sign(funnel)}
        <span>{t("filters.open")}</span>
        {count > 0 && (
          <span className="tabular-nums">
            {count}
            <span className="sr-only"> {t("filters.active")}</span>
          </span>
        )}
      </button>
      <div id="saring" popover="auto" className="inbox-menu inbox-filters">
        <Form action={"/inbox" as Route} aria-label={t("filters.open")}>
          {view !== "open" && <input type="hidden" name="view" value={view} />}
          <FilterFields narrowed={narrowed} choices={choices} />
          <div className="inbox-filters-foot">
            <Button type="submit" kind="primary" small>
              {t("filters.apply")}
            </Button>
            {count > 0 && (
              <Link className="link text-13" href={inboxHref(viewAddress(view))}>
                {t("filters.clear")}
              </Link>
            )}
          </div>
        </Form>
      </div>
      {words ? (
        <p className="inbox-narrowed">
          <span className="min-w-0 truncate">{t("search.for", { words })}</span>
          <Link className="link" href={inboxHref(viewAddress(view, narrowed))}>
            {t("search.close")}
          </Link>
        </p>
      ) : (
        count > 0 && (
          <p className="inbox-narrowed">
            <span className="min-w-0 truncate">{namesOf(narrowed, choices, t).join(", ")}</span>
            <Link className="link" href={inboxHref(viewAddress(view))}>
              {t("filters.clear")}
            </Link>
          </p>
        )
      )}
    </div>
  );
}

function FilterFields({ narrowed, choices: { kinds, platforms, units } }: { narrowed: Narrowed; choices: FilterChoices }) {
  const t = useTranslations("inbox");
  const options = [
    { name: "kind", chosen: narrowed.kind, choices: kinds.map((kind) => [kind, t(`kind.${kind}`)]) },
    { name: "platform", chosen: narrowed.platform, choices: platforms.map((platform) => [platform, platformNames[platform]]) },
    { name: "unit", chosen: narrowed.unit, choices: units.map(({ id, shortName }) => [id, shortName]) },
  ] as const;
  return (
    <>
      {options
        .filter(({ name, choices }) => name !== "unit" || choices.length > 0)
        .map(({ name, chosen, choices }) => (
          <div key={name}>
            <label className="label" htmlFor={`saring-${name}`}>
              {t(`filters.${name}`)}
            </label>
            <Select id={`saring-${name}`} name={name} defaultValue={chosen ?? ""}>
              <option value="">{t(`filters.all.${name}`)}</option>
              {choices.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </div>
        ))}
      <label className="check">
        <input type="checkbox" name="urgent" value="1" defaultChecked={narrowed.urgent} />
        <span>{t("filters.urgent")}</span>
      </label>
    </>
  );
}

/** What the search leaves as it is. */
function Kept({ view, narrowed: { kind, platform, urgent, unit } }: { view: string; narrowed: Narrowed }) {
  const kept = { view: view === "open" ? null : view, kind, platform, urgent: urgent ? "1" : null, unit };
  return Object.entries(kept).map(([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />);
}

function namesOf({ kind, platform, urgent, unit }: Narrowed, { units }: FilterChoices, t: ReturnType<typeof useTranslations<"inbox">>) {
  return [
    ...(kind ? [t(`kind.${kind}`)] : []),
    ...(platform ? [platformNames[platform]] : []),
    ...(unit ? [units.find(({ id }) => id === unit)?.shortName ?? t("filters.otherUnit")] : []),
    ...(urgent ? [t("urgent")] : []),
  ];
}
