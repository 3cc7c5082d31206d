import { createTransport } from "nodemailer";
import { env } from "../core/env.ts";
import type { Letter } from "./letters.ts";
import type { MailFailure } from "./rules.ts";

export type Attachment = { filename: string; content: Buffer; contentType: string };
export type Outgoing = Letter & { id: string; to: { name: string; address: string }; attachments?: Attachment[] };

const HANDSHAKE_MS = 10_000;
const SILENCE_MS = 30_000;

/** Whether somebody named a mail server. */
export const mailIsConfigured = () => env().SMTP_URL !== undefined;

/**
 * Hands one mail to the server, over a connection of its own. Its Message-ID follows from `id`, so that a mail that is sent
 * again after a crash is recognised. Answers with how it failed, null when the server took it; never with the server's words,
 * which may repeat what it was told.
 */
export async function sendMail({ id, to, subject, text, html, attachments }: Outgoing): Promise<MailFailure | null> {
  const { SMTP_URL: url, MAIL_FROM: from } = env();
  if (!url || !from) throw new Error("no mail server is configured");
  const transport = createTransport({
    url,
    // A password is told to nobody in the clear, but on this machine.
    requireTLS: new URL(url).username !== "" && !isLoopback(new URL(url).hostname),
    connectionTimeout: HANDSHAKE_MS,
    greetingTimeout: HANDSHAKE_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      ...{ from, to, subject, text, html, attachments },
      messageId: `<${id}@${new URL(env().APP_URL).hostname}>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
    return null;
  } catch (error) {
    const { code, responseCode, command } = error as MailFailure;
    return { code, responseCode, command };
  } finally {
    transport.close();
  }
}

const isLoopback = (host: string) => host === "localhost" || host === "[::1]" || /^127\./.test(host);
