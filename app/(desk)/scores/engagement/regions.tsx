import { useTranslations } from "next-intl";
import type { Named } from "#lib/scores/engagement/places.ts";
import { Button } from "@/components/ui/button.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import Link from "@/components/ui/link.tsx";
import { type EngagementAddress, engagementHref } from "./address.ts";

/** Which region is looked at, for those who look at many. */
export function Regions({ regions, address }: { regions: readonly Named[]; address: EngagementAddress }) {
  const t = useTranslations("engagement.regions");
  return (
    <>
      <form method="get" action="/scores/engagement" className="flex flex-wrap items-end gap-3 mb-5 max-w-[560px]">
        <div className="grow">
          <Field id="q" label={t("search")}>
            {(control) => <Input {...control} type="search" name="q" defaultValue={address.q} />}
          </Field>
        </div>
        <Button type="submit">{t("find")}</Button>
      </form>
      {regions.length ? (
        <ul className="rows max-w-[560px]">
          {regions.map(({ code, name }) => (
            <li key={code} className="py-2.5">
              <Link className="link" href={engagementHref({ ...address, q: "" }, { of: code })}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Empty>{t("none")}</Empty>
      )}
    </>
  );
}
