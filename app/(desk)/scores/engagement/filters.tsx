import { useTranslations } from "next-intl";
import { platforms } from "#lib/platforms/contract.ts";
import { pillars } from "#lib/posts/rules.ts";
import type { AnalysedPlace } from "#lib/scores/engagement/places.ts";
import { comparisons, type Periods, spans } from "#lib/scores/engagement/rules.ts";
import { platformNames } from "@/components/posts/platform-names.ts";
import { Button } from "@/components/ui/button.tsx";
import { ChipLink } from "@/components/ui/chip.tsx";
import { Field, Input, Select } from "@/components/ui/field.tsx";
import { type EngagementAddress, engagementHref } from "./address.ts";

type Props = { address: EngagementAddress; place: AnalysedPlace; periods: Periods };

/** What is looked at, all of it in the address: works without a script. */
export function Filters({ address, place, periods }: Props) {
  const t = useTranslations("engagement.filter");
  const pillar = useTranslations("posts.composer.pillars");
  const own = address.from !== null;
  return (
    <div className="mb-6 print:hidden">
      <nav className="chips" aria-label={t("span")}>
        {spans.map((days) => (
          <ChipLink key={days} current={!own && days === address.days} href={engagementHref(address, { days, from: null, to: null })}>
            {t("days", { days })}
          </ChipLink>
        ))}
        {comparisons.map((compare) => (
          <ChipLink key={compare} current={compare === address.compare} href={engagementHref(address, { compare })}>
            {t(`compare.${compare}`)}
          </ChipLink>
        ))}
      </nav>
      <details className="mt-3" open={own || address.platform !== null || address.pillar !== null || undefined}>
        <summary className="link text-14">{t("more")}</summary>
        <form method="get" action="/scores/engagement" className="grid gap-4 mt-3 md:grid-cols-3 max-w-[900px]">
          {address.compare !== "before" && <input type="hidden" name="compare" value={address.compare} />}
          <Field id="of" label={t("place")}>
            {(control) => (
              <Select {...control} name="of" defaultValue={place.code}>
                {place.region && <option value={place.region.code}>{t("whole", { region: place.region.name })}</option>}
                {!place.region && !place.units.some(({ code }) => code === place.code) && <option value={place.code}>{place.name}</option>}
                {place.units.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field id="platform" label={t("platform")}>
            {(control) => (
              <Select {...control} name="platform" defaultValue={address.platform ?? ""}>
                <option value="">{t("allPlatforms")}</option>
                {platforms.map((platform) => (
                  <option key={platform} value={platform}>
                    {platformNames[platform]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field id="pillar" label={t("pillar")}>
            {(control) => (
              <Select {...control} name="pillar" defaultValue={address.pillar ?? ""}>
                <option value="">{t("allPillars")}</option>
                {pillars.map((name) => (
                  <option key={name} value={name}>
                    {pillar(name)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field id="from" label={t("from")}>
            {(control) => <Input {...control} type="date" name="from" defaultValue={periods.now.from} max={periods.now.to} />}
          </Field>
          <Field id="to" label={t("to")}>
            {(control) => <Input {...control} type="date" name="to" defaultValue={periods.now.to} />}
          </Field>
          <p className="self-end">
            <Button type="submit">{t("apply")}</Button>
          </p>
        </form>
      </details>
    </div>
  );
}
