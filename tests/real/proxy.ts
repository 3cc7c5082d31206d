/** A loopback proxy before a real server, for what a real server does not do on command: losing a request or its answer. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault } from "../contract/conformance.ts";

type Call = { path: string; status: number | null };
export type LossyProxy = {
  url: string;
  /** Spoils the next call (or the `nth` from now) whose path contains `path`. */
  fail: (path: string, fault: Fault, nth?: number) => void;
  /** What was asked, in order; `status` is the real server's answer, null when it was not asked. */
  calls: Call[];
  close: () => Promise<void>;
};

/** `accept-then-…` lets the server carry the call out before the answer is lost; the other faults keep the call from it. */
export async function startProxy(target: string): Promise<LossyProxy> {
  const faults: { path: string; fault: Fault; nth: number }[] = [];
  const calls: Call[] = [];

  function faultOf(path: string): Fault | undefined {
    for (const each of faults) if (path.includes(each.path)) each.nth -= 1;
    const due = faults.findIndex((each) => each.nth === 0);
    return due < 0 ? undefined : faults.splice(due, 1)[0]?.fault;
  }

  const server = http.createServer((asked, answer) => {
    const path = asked.url ?? "/";
    const call: Call = { path: path.replace(/\?.*/, ""), status: null };
    calls.push(call);
    const fault = faultOf(path);
    if (fault === "drop-before") return void asked.socket.destroy();
    if (fault === "500-before") return void answer.writeHead(500).end();
    if (fault === "rate-limit") {
      const reset = String(Math.ceil(Date.now() / 1000) + 30);
      const headers = { "content-type": "application/json", "ratelimit-reset": reset };
      return void answer.writeHead(429, headers).end(JSON.stringify({ error: "RateLimitExceeded", message: "Rate Limit Exceeded" }));
    }

    const options = { method: asked.method, headers: { ...asked.headers, connection: "close" } };
    const onward = http.request(new URL(path, target), options, (told) => {
      call.status = told.statusCode ?? null;
      if (!fault) {
        answer.writeHead(told.statusCode ?? 502, told.headers);
        return void told.pipe(answer);
      }
      told.resume().once("end", () => {
        if (fault === "accept-then-drop") asked.socket.destroy();
        else answer.writeHead(500).end();
      });
    });
    onward.once("error", () => asked.socket.destroy());
    asked.pipe(onward);
  });

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, fail: (path, fault, nth = 1) => void faults.push({ path, fault, nth }), calls, close };
}
