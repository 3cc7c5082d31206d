import { createHmac } from "node:crypto";
import type { Lab } from "../lab.ts";

/** Tells the app of an event; the signature covers the machine's time, which the product compares with its own. */
export function notify(lab: Lab, user: string, event: string, content: { [key: string]: unknown }): void {
  const secret = lab.settings.tiktokClientSecret;
  if (!secret) return;
  const seconds = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({
    client_key: "lab",
    event,
    create_time: Math.floor(lab.now() / 1000),
    user_openid: user,
    content: JSON.stringify(content),
  });
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  lab.enqueueWebhook("tiktok", body, { "content-type": "application/json", "tiktok-signature": `t=${seconds},s=${signature}` });
}
