/** A small question that every part of the connector asks of Graph. */

import { z } from "zod";
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
