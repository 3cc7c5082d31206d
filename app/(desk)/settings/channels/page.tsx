import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { hasConsent } from "#lib/channels/consent.ts";
import { listChannels, openInvites } from "#lib/channels/queries.ts";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { type Platform, platforms } from "#lib/platforms/contract.ts";
import { connectorFor, modesOf } from "#lib/platforms/registry.ts";
import { currentUnit, isGovernment } from "#lib/units/queries.ts";
import { Messages } from "@/components/messages.tsx";
import { Page, PageHeader } from "@/components/shell/page-header.tsx";
import { Empty } from "@/components/ui/empty.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { Note } from "@/components/ui/note.tsx";
import { ChannelTable } from "./channel-table.tsx";
import { ConnectChannel, type Ways } from "./connect-channel.tsx";
import { Invites } from "./invites.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("channels"))("title") });

export default page("channel.read", async ({ actor, search }) => {
  const unit = await currentUnit(actor);
  const [channels, invites, t] = await Promise.all([listChannels(actor, unit), openInvites(actor, unit), getTranslations("channels")]);
  const manages = reaches(actor, "channel.manage", { unitId: unit.id, governmentId: unit.governmentId });
  const ways = Object.fromEntries(platforms.map((platform) => [platform, wayOf(platform)])) as Ways;
  const managed = new Set(channels.filter((channel) => reaches(actor, "channel.manage", channel)).map(({ id }) => id));
  return (
    <Messages namespaces={["channels", "problems"]}>
      <PageHeader
        title={t("title")}
        purpose={t("purpose", { unit: unit.shortName })}
        action={manages && <ConnectChannel unit={{ id: unit.id, name: unit.shortName }} ways={ways} icon={<Icon name="plus" />} />}
      />
      <Page>
        {search.connected === "1" && (
          <div className="mb-4">
            <Note kind="info" role="status">
              {t("consent.connectedAgain")}
            </Note>
          </div>
        )}
        {invites.length > 0 && <Invites invites={invites} />}
        {channels.length ? (
          <ChannelTable channels={channels} managed={managed} ways={ways} ofMany={isGovernment(unit)} />
        ) : (
          <Empty>
            {t("empty.none", { unit: unit.shortName })} {t(manages ? "empty.connect" : "empty.ask")}
          </Empty>
        )}
      </Page>
    </Messages>
  );
});

const wayOf = (platform: Platform) => {
  const modes = modesOf(platform);
  return { modes, consent: hasConsent(platform), key: modes.includes("api") && connectorFor(platform, "api").connect !== null };
};
