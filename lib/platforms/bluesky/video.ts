/** A video on its way to the account's own server: streamed, so that it never stands in memory as a whole. */

import { z } from "zod";
import { type Json, PlatformFailure, type Video } from "../contract.ts";
import type { Xrpc } from "./client.ts";

/** Bytes read at once. */
const piece = 4_000_000;
/** Milliseconds for the largest video on a slow line. */
const longest = 20 * 60_000;

const blobSchema = z.object({ blob: z.json() });
/** Older servers name no limit. */
const serverSchema = z.object({ blobUploadLimit: z.number().optional().catch(undefined) });

/**
 * Uploads a video as a blob; the network's video service works on it once a post shows it. `alive` is called with every piece.
 * Ends as rejected when the server takes no file of this size: a server refuses it in the midst of the sending, and what it
 * says is then lost. Source: Bluesky, "Video", the simple method.
 */
export async function uploadVideo(xrpc: Xrpc, video: Video, alive: () => Promise<void>): Promise<Json> {
  const { blobUploadLimit } = await xrpc.query("com.atproto.server.describeServer", {}, serverSchema);
  if (blobUploadLimit !== undefined && video.bytes > blobUploadLimit) {
    const detail = `${video.bytes} > ${blobUploadLimit} bytes`;
    throw new PlatformFailure({ kind: "rejected", code: "video-refused", detail }, "bluesky: the server takes no file of this size");
  }
  let at = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await alive();
        const to = Math.min(at + piece, video.bytes);
        controller.enqueue(await video.slice(at, to));
        at = to;
        if (at >= video.bytes) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const file = { body, mime: video.mime, length: video.bytes, timeout: longest };
  return (await xrpc.upload("com.atproto.repo.uploadBlob", file, blobSchema)).blob;
}
