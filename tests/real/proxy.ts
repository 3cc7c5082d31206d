/** A loopback proxy before a real server, for what a real server does not do on command: losing a request or its answer. */
import http from "node:http";
import type { AddressInfo } from "node:net";

/**
 * `before`: the socket is dropped and the server never hears of the call. `after`: the server has carried it out, then the
 * socket is dropped. `error`: carried out, then answered with 502, as a gateway does whose server was too slow.
 */
export type Fault = "before" | "after" | "error";
export type LossyProxy = {
  url: string;
  fail: (path: string, fault: Fault, nth?: number) => void;
  calls: string[];
  close: () => Promise<void>;
};

/** `fail` spoils the next call (or the `nth` from now) whose path contains `path`; `calls` are the paths in the order they came. */
export async function startProxy(target: string): Promise<LossyProxy> {
  const faults: { path: string; fault: Fault; nth: number }[] = [];
  const calls: string[] = [];
  const server = http.createServer((asked, answer) => {
    const path = asked.url ?? "/";
    calls.push(path.replace(/\?.*/, ""));
    for (const each of faults) if (path.includes(each.path)) each.nth -= 1;
    const due = faults.findIndex((each) => each.nth === 0);
    const fault = due < 0 ? undefined : faults.splice(due, 1)[0]?.fault;
    if (fault === "before") return void asked.socket.destroy();

    const onward = http.request(
      new URL(path, target),
      { method: asked.method, headers: { ...asked.headers, connection: "close" } },
      (told) => {
        if (!fault) {
          answer.writeHead(told.statusCode ?? 502, told.headers);
          return void told.pipe(answer);
        }
        told.resume().once("end", () => {
          if (fault === "after") asked.socket.destroy();
          else answer.writeHead(502).end();
        });
      },
    );
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
