"use client";

import { useTranslations } from "next-intl";
import { type Mode, type Platform, platforms } from "#lib/platforms/contract.ts";
import { platformNames } from "@/components/posts/platform-names.ts";
import { Field, Select } from "@/components/ui/field.tsx";
import { Segment, Segments } from "@/components/ui/segments.tsx";

type Props = {
  id: string;
  platform: Platform;
  mode: Mode;
  /** The modes of the chosen platform. */
  modes: Mode[];
  preferred: (platform: Platform) => Mode;
  error?: string;
  choose: (platform: Platform, mode: Mode) => void;
};

/** Which platform, and in which of its ways; what the way means for the work stands below. */
export function ChoosePlatform({ id, platform, mode, modes, preferred, error, choose }: Props) {
  const t = useTranslations("channels.connect");
  return (
    <>
      <Field id={id} label={t("platform")} error={error}>
        {(control) => (
          <Select
            {...control}
            value={platform}
            onChange={(event) => {
              const chosen = event.target.value as Platform;
              choose(chosen, preferred(chosen));
            }}
          >
            {platforms.map((each) => (
              <option key={each} value={each}>
                {platformNames[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div>
        {modes.length > 1 && (
          <>
            <span className="label">{t("mode")}</span>
            <Segments label={t("mode")} className="mb-1.5">
              {modes.map((each) => (
                <Segment key={each} pressed={mode === each} onClick={() => choose(platform, each)}>
                  {t(`modeName.${each}`)}
                </Segment>
              ))}
            </Segments>
          </>
        )}
        <p className="text-13 text-ink-3">
          {modes.length === 1 && `${t("onlyManual", { platform: platformNames[platform] })} `}
          {t(`modeHint.${mode}`)}
          {platform !== "bluesky" && mode === "api" && <span className="block mt-1">{t("unproved")}</span>}
        </p>
      </div>
    </>
  );
}
