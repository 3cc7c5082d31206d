"use server";

import { action } from "../core/doors.ts";
import { connectChannel, disconnectChannel } from "./connecting.ts";
import { channelRef, connectInput } from "./schema.ts";

export const connectChannelAction = action("channel.manage", connectInput, connectChannel);
export const disconnectChannelAction = action("channel.manage", channelRef, disconnectChannel);
