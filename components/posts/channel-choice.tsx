import { useTranslations } from "next-intl";
import { Chip } from "../ui/chip.tsx";
import { PlatformMark } from "../ui/platform-mark.tsx";
import type { DraftChannel } from "./draft.ts";

type Props = {
  channels: DraftChannel[];
  chosen: readonly DraftChannel[];
  problem: string | undefined;
  onToggle: (channel: DraftChannel) => void;
};

/** The unit's accounts, by platform; those of one platform are told apart by their handle. */
export function ChannelChoice({ channels, chosen, problem, onToggle }: Props) {
  const t = useTranslations("posts.composer");
  return (
    <fieldset>
      <legend className="label">{t("channels")}</legend>
      {channels.length ? (
        <div className="chips">
          {channels.map((c) => (
            <Chip
              key={c.id}
              pressed={chosen.includes(c)}
              onClick={() => onToggle(c)}
              icon={<PlatformMark platform={c.platform} />}
              count={c.mode === "manual" ? t("manual") : undefined}
            >
              {channels.filter((o) => o.platform === c.platform).length > 1 ? c.handle : null}
            </Chip>
          ))}
        </div>
      ) : (
        <p className="text-13 text-ink-2">{t("noChannels")}</p>
      )}
      {problem && <p className="error">{problem}</p>}
    </fieldset>
  );
}
