"use server";

import { action } from "../../core/doors.ts";
import { registerFollowers, registerPost } from "./registering.ts";
import { followersInput, registerInput } from "./schema.ts";

export const registerPostAction = action("channel.manage", registerInput, registerPost);
export const registerFollowersAction = action("channel.manage", followersInput, registerFollowers);
