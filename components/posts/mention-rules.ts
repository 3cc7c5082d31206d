/** Where the mention of an account goes. Pure. */

import type { Platform } from "#lib/platforms/contract.ts";
import type { Draft, DraftChannel } from "./draft.ts";

type Account = { platform: Platform; handle: string };
/** `tab`: the channel whose own version is open, null for the main text; `at`: where its caret stands. */
type Caret = { tab: string | null; at: number };

/**
 * `version` and `main`: into the versions, or the main text, that the platform's chosen channels use; `both`: some of them have
 * a version. `elsewhere` and `other`: no channel of the platform is chosen, so into the main text or the version that is open.
 */
export type Placed = { change: Partial<Draft>; where: "version" | "main" | "both" | "elsewhere" | "other" };

export const mentionOf = ({ handle }: Account) => `@${handle.replace(/^@+/, "")}`;

export function placeMention(draft: Draft, channels: readonly DraftChannel[], account: Account, { tab, at }: Caret): Placed {
  const mention = mentionOf(account);
  const ownText = (channelId: string | null) => draft.channels.find((c) => c.channelId === channelId)?.text ?? null;
  const open = tab !== null && ownText(tab) !== null ? tab : null;
  const served = channels.filter((channel) => channel.platform === account.platform).map(({ id }) => id);
  const versions = served.filter((id) => ownText(id) !== null);
  const put = (text: string, isOpen: boolean) => insertedAt(text, isOpen ? at : text.length, mention);

  const targets = served.length || open === null ? versions : [open];
  const intoMain = served.length ? versions.length < served.length : open === null;
  const change: Partial<Draft> = {};
  if (targets.length)
    change.channels = draft.channels.map((c) =>
      targets.includes(c.channelId) ? { ...c, text: put(c.text ?? "", c.channelId === open) } : c,
    );
  if (intoMain) change.text = put(draft.text, open === null);
  if (!served.length) return { change, where: open === null ? "elsewhere" : "other" };
  return { change, where: !versions.length ? "main" : intoMain ? "both" : "version" };
}

/** The text with a word of its own at a place: a space on either side where there is none. */
export function insertedAt(text: string, at: number, word: string): string {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  return `${before}${before && !/[\s(]$/.test(before) ? " " : ""}${word}${after && !/^[\s.,;:!?)]/.test(after) ? " " : ""}${after}`;
}
