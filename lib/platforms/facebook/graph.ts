/** Small questions that every part of the connector asks of Graph and of its failures. */

import { z } from "zod";
import { PlatformFailure } from "../contract.ts";
import type { Graph } from "./client.ts";

const permalinkSchema = z.object({ permalink_url: z.string().optional() });

/** The post is out: nothing that happens here may make it a failure. */
export async function readPermalink(graph: Graph, id: string): Promise<string | null> {
  try {
    return (await graph.get(id, { fields: "permalink_url" }, permalinkSchema)).permalink_url ?? null;
  } catch {
    return null;
  }
}

/** The answer, or `otherwise` when the platform says that the object is not there. */
export async function unlessGone<T>(read: Promise<T>, otherwise: T): Promise<T> {
  return read.catch((error: unknown) => {
    if (isRejected(error, "not-found")) return otherwise;
    throw error;
  });
}

export const isRejected = (error: unknown, code: string): boolean =>
  error instanceof PlatformFailure && error.failure.kind === "rejected" && error.failure.code === code;
