import { GraphError, oldVersion } from "../facebook/errors.ts";
import { parameter } from "../facebook/parameters.ts";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { CloudError, refusalReply } from "./errors.ts";
import { sendMessage } from "./sending.ts";
import type { NumberRow } from "./tables.ts";
import { accountOf, appId, debugToken, management, messaging, numberOf } from "./tokens.ts";

const OLDEST_VERSION = 22;
const usual = "verified_name,display_phone_number,quality_rating";

/** /whatsapp/v26.0/{object}/{edge} */
function target({ segments: [, version = "", id = "", ...edge] }: LabRequest): { version: string; id: string; edge: string } {
  return { version, id, edge: edge.join("/") };
}

/** "POST messages" for a call on an edge, "GET number" or "GET debug_token" for one on an object. */
export function endpoint(_lab: Lab, request: LabRequest): string {
  const { id, edge } = target(request);
  return `${request.method} ${edge || (id === "debug_token" ? id : "number")}`;
}

function readNumber(lab: Lab, request: LabRequest, id: string): object {
  return numberJson(numberOf(lab, request, id, management), parameter(request, "fields") ?? usual);
}

function numberJson(number: NumberRow, wanted: string): object {
  const fields: { [name: string]: string } = {
    display_phone_number: number.display,
    verified_name: number.name,
    quality_rating: number.quality,
    platform_type: "CLOUD_API",
  };
  const asked = wanted.split(",").filter((name) => name !== "id");
  return { ...Object.fromEntries(asked.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]))), id: number.id };
}

/** GET /{business account}/phone_numbers */
function listNumbers(lab: Lab, request: LabRequest, id: string): object {
  const numbers = lab.store.all<NumberRow>("SELECT * FROM wa_number WHERE waba = ? ORDER BY id", accountOf(lab, request, id));
  return { data: numbers.map((number) => numberJson(number, parameter(request, "fields") ?? usual)) };
}

/** POST /{business account}/subscribed_apps: from now on the app hears what is written to its numbers. */
function subscribe(lab: Lab, request: LabRequest, id: string): object {
  lab.store.run("UPDATE wa_number SET subscribed = 1 WHERE waba = ?", accountOf(lab, request, id));
  return { success: true };
}

/** GET /{business account}/subscribed_apps: ours, while it hears. */
function listSubscribed(lab: Lab, request: LabRequest, id: string): object {
  const heard = lab.store.get("SELECT 1 FROM wa_number WHERE waba = ? AND subscribed = 1", accountOf(lab, request, id));
  return {
    data: heard
      ? [{ whatsapp_business_api_data: { id: appId, name: "Garda", link: "https://www.facebook.com/games/?app_id=" + appId } }]
      : [],
  };
}

function answer(lab: Lab, request: LabRequest, later: CloudError | null): object {
  const { version, id, edge } = target(request);
  if (Number(/^v(\d+)/.exec(version)?.[1]) < OLDEST_VERSION) throw oldVersion();
  const call = `${request.method} ${edge}`;
  if (id === "debug_token" && call === "GET ") return debugToken(lab, request);
  if (call === "GET ") return readNumber(lab, request, id);
  if (call === "GET phone_numbers") return listNumbers(lab, request, id);
  if (call === "GET subscribed_apps") return listSubscribed(lab, request, id);
  if (call === "POST subscribed_apps") return subscribe(lab, request, id);
  if (call === "POST messages") return sendMessage(lab, numberOf(lab, request, id, messaging), request, later);
  throw new GraphError(`(#100) Unsupported ${request.method.toLowerCase()} request: ${edge || id}`, {
    type: "GraphMethodException",
    code: 100,
  });
}

/** Answers one request; refusals become Graph errors. `later`: an accepted message fails for this reason. */
export async function api(lab: Lab, request: LabRequest, later: CloudError | null = null): Promise<Reply> {
  try {
    return json(200, answer(lab, request, later));
  } catch (error) {
    if (error instanceof CloudError || error instanceof GraphError) return refusalReply(error);
    throw error;
  }
}
