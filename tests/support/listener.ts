import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The smallest valid PNG: one pixel. */
export const tinyPng = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export type Received = { method: string; url: string; headers: { [name: string]: string | string[] | undefined }; body: Buffer };
export type Listener = {
  url: string;
  /** Everything received so far, in order. */
  received: Received[];
  /** The next request that is received from now on, or is waiting unread. */
  next: () => Promise<Received>;
  close: () => Promise<void>;
};

/** A small server on this machine that answers as told and remembers what it was asked, byte for byte. */
export async function listen(answer: (request: Received) => { status?: number; type?: string; body?: string | Buffer }): Promise<Listener> {
  const received: Received[] = [];
  const waiting: ((request: Received) => void)[] = [];
  const unread: Received[] = [];
  const server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const request = { method: incoming.method ?? "", url: incoming.url ?? "", headers: incoming.headers, body: Buffer.concat(parts) };
    const { status = 200, type = "text/plain", body = "" } = answer(request);
    response.writeHead(status, { "content-type": type }).end(body);
    received.push(request);
    const waiter = waiting.shift();
    if (waiter) waiter(request);
    else unread.push(request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    next: async () => unread.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
