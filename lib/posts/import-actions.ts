"use server";

import { action } from "../core/doors.ts";
import { checkImport, csvInput, importPosts } from "./importing.ts";

export const checkImportAction = action("channel.manage", csvInput, checkImport);
export const importPostsAction = action("channel.manage", csvInput, importPosts);
