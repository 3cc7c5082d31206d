import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { type Pillar, pillars } from "#lib/posts/rules.ts";
import { Select } from "../ui/field.tsx";

type Props = Omit<ComponentProps<"select">, "value" | "onChange"> & {
  none: string;
  value: Pillar | null;
  onPillar: (pillar: Pillar | null) => void;
};

/** One of the content pillars, or none. */
export function PillarSelect({ none, value, onPillar, ...control }: Props) {
  const t = useTranslations("bank.pillars");
  return (
    <Select {...control} value={value ?? ""} onChange={(event) => onPillar((event.target.value || null) as Pillar | null)}>
      <option value="">{none}</option>
      {pillars.map((pillar) => (
        <option key={pillar} value={pillar}>
          {t(pillar)}
        </option>
      ))}
    </Select>
  );
}
