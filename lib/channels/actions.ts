"use server";

import { action } from "../core/doors.ts";
import { connectChannel, disconnectChannel } from "./connecting.ts";
import { beginConsent, chooseOpened } from "./consent.ts";
import { answerInvite } from "./invites.ts";
import { channelRef, choiceInput, connectInput, consentInput, inviteAnswer } from "./schema.ts";

export const connectChannelAction = action("channel.manage", connectInput, connectChannel);
export const disconnectChannelAction = action("channel.manage", channelRef, disconnectChannel);
export const beginConsentAction = action("channel.manage", consentInput, beginConsent);
export const chooseOpenedAction = action("channel.manage", choiceInput, chooseOpened);
export const answerInviteAction = action("channel.manage", inviteAnswer, answerInvite);
