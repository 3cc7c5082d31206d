import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listChannels } from "#lib/channels/queries.ts";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { platforms } from "#lib/platforms/contract.ts";
import { modesOf } from "#lib/platforms/registry.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { ChannelTable } from "./channel-table.tsx";
import { ConnectChannel } from "./connect-channel.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("channels"))("title") });

export default page("channel.read", async ({ actor }) => {
  const unit = await currentUnit(actor);
  const [channels, t] = await Promise.all([listChannels(actor, unit), getTranslations("channels")]);
  const manages = reaches(actor, "channel.manage", { unitId: unit.id, governmentId: unit.governmentId });
  const modes = Object.fromEntries(platforms.map((platform) => [platform, modesOf(platform)])) as Record<
    (typeof platforms)[number],
    ReturnType<typeof modesOf>
  >;
  const managed = new Set(channels.filter((channel) => reaches(actor, "channel.manage", channel)).map(({ id }) => id));
  return (
    <Messages namespaces={["channels", "problems"]}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { unit: unit.shortName })}
        action={manages && <ConnectChannel unit={{ id: unit.id, name: unit.shortName }} modes={modes} icon={<Icon name="plus" />} />}
      />
      <Page>
        {channels.length ? (
          <ChannelTable channels={channels} managed={managed} modes={modes} ofMany={isGovernment(unit)} />
        ) : (
          <Empty>
            {t("empty.none", { unit: unit.shortName })} {t(manages ? "empty.connect" : "empty.ask")}
          </Empty>
        )}
      </Page>
    </Messages>
  );
});
