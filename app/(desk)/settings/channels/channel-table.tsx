import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import type { ChannelRow } from "#lib/channels/queries.ts";
import { formatNumber, isLocale } from "#lib/core/text.ts";
import { HearingLine } from "@/components/inbox/hearing-line.tsx";
import { platformNames } from "@/components/posts/platform-names.ts";
import { ButtonLink } from "@/components/ui/button-link.tsx";
import { Icon } from "@/components/ui/icon.tsx";
import { PlatformMark } from "@/components/ui/platform-mark.tsx";
import { ChannelHealth } from "./channel-health.tsx";
import { ConnectChannel, type Ways } from "./connect-channel.tsx";
import { DisconnectChannel } from "./disconnect-channel.tsx";

type Props = {
  channels: ChannelRow[];
  /** Ids of the accounts that the reader may connect again and disconnect. */
  managed: Set<string>;
  ways: Ways;
  /** The accounts of many units stand here, so that each names its own. */
  ofMany: boolean;
};

export function ChannelTable({ channels, managed, ways, ofMany }: Props) {
  const t = useTranslations("channels");
  const direct = channels.filter((channel) => channel.mode === "api" && channel.platform !== "bluesky");
  const unproved = [...new Set(direct.map((channel) => platformNames[channel.platform]))];
  return (
    <>
      <div className="panel">
        <table className="tbl cards">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("column.account")}</th>
              {ofMany && <th scope="col">{t("column.unit")}</th>}
              <th scope="col">{t("column.platform")}</th>
              <th scope="col">{t("column.health")}</th>
              <th scope="col" className="num">
                {t("column.followers")}
              </th>
              {managed.size > 0 && (
                <th scope="col">
                  <span className="sr-only">{t("column.actions")}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {channels.map((channel) => (
              <Row key={channel.id} channel={channel} managed={managed} ways={ways} ofMany={ofMany} />
            ))}
          </tbody>
        </table>
      </div>
      {unproved.length > 0 && <p className="mt-3 text-13 text-ink-3">{t("unprovedLine", { platform: unproved.join(", ") })}</p>}
    </>
  );
}

function Row({ channel, managed, ways, ofMany }: Omit<Props, "channels"> & { channel: ChannelRow }) {
  const t = useTranslations("channels");
  const mine = managed.has(channel.id);
  return (
    <tr className="max-md:grid-cols-[minmax(0,1fr)_auto]! max-md:gap-y-2!">
      <td className="md:py-2 md:min-w-60 max-md:col-span-full">
        <span className="font-strong wrap-anywhere">{channel.name}</span>
        <span className="flex flex-wrap gap-x-3 text-13 text-ink-3 empty:hidden">
          <Handle channel={channel} />
          {channel.isPrimary && (
            <span className="mark">
              <Icon name="bookmark" size={13} />
              {t("primary")}
            </span>
          )}
        </span>
      </td>
      {ofMany && <td className="quiet md:whitespace-nowrap max-md:col-span-full">{channel.unit.shortName}</td>}
      <td className="whitespace-nowrap">
        <PlatformMark platform={channel.platform} /> <span className="text-ink-3">· {t(`mode.${channel.mode}`)}</span>
      </td>
      <td className="md:py-2 max-md:order-1 max-md:col-span-full">
        <ChannelHealth channel={channel} mine={mine} />
        {channel.mode === "api" && channel.state === "connected" && (
          <p className="mt-1 ml-6 text-13">
            <HearingLine {...channel} provedAt={lastOf(channel.heardAt, channel.polledUntil)} zone={channel.unit.zone} />
          </p>
        )}
        {mine && channel.state === "needs_reauth" && (
          <div className="mt-2 ml-6 mb-1">
            <ConnectChannel
              unit={{ id: channel.unitId, name: channel.unit.shortName }}
              ways={ways}
              again={{
                channelId: channel.id,
                name: channel.name,
                platform: channel.platform,
                mode: channel.mode,
                identifier: ["facebook", "whatsapp"].includes(channel.platform) ? channel.remoteId : channel.handle,
              }}
            />
          </div>
        )}
      </td>
      <td className="num whitespace-nowrap">
        <Followers count={channel.followers} />
      </td>
      {managed.size > 0 && (
        <td className="text-right max-md:order-2 max-md:col-span-full max-md:text-left">
          {mine && (
            <div className="max-md:-ml-2.5 max-md:-my-1">
              {channel.mode === "manual" && (
                <ButtonLink kind="quiet" small href={`/settings/channels/${channel.id}` as Route}>
                  {t("figures")}
                  <span className="sr-only"> {channel.name}</span>
                </ButtonLink>
              )}
              <DisconnectChannel channelId={channel.id} name={channel.name} />
            </div>
          )}
        </td>
      )}
    </tr>
  );
}

/** The name by which the platform knows the account, where it is not the one above already. */
function Handle({ channel: { name, handle, url } }: { channel: ChannelRow }) {
  const t = useTranslations("channels");
  if (url)
    return (
      <a className="link wrap-anywhere" href={url} target="_blank" rel="noreferrer">
        {handle}
        <span className="sr-only"> {t("newTab")}</span>
      </a>
    );
  return handle === name ? null : <span className="wrap-anywhere">{handle}</span>;
}

function Followers({ count }: { count: number | null }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  if (count === null) return <span className="text-13 text-ink-3">{t("followersMissing")}</span>;
  return (
    <>
      {formatNumber(count, isLocale(locale) ? locale : "id")} <span className="md:sr-only">{t("followersWord")}</span>
    </>
  );
}

const lastOf = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (a ?? b));
