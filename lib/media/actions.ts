"use server";

import { action } from "../core/doors.ts";
import { fitPicture } from "./fitting.ts";
import { archiveMedia, describeMedia, pickMedia } from "./library.ts";
import { archiveInput, describeInput, fitInput, pickInput } from "./schema.ts";

export const fitPictureAction = action("post.write", fitInput, fitPicture);
export const pickMediaAction = action("post.write", pickInput, pickMedia);
export const describeMediaAction = action("post.write", describeInput, describeMedia);
export const archiveMediaAction = action("post.write", archiveInput, archiveMedia);
