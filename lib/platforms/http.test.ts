import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { HttpFailure, retryAfter, send, serverFailure, transportFailure } from "./http.ts";

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

const failure = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof HttpFailure)) throw new Error(`expected an HttpFailure, got ${error}`);
  return error;
};

test("an id that is written as a number keeps all its digits", async () => {
  const url = await serve((_, response) => response.end('{"ids":[7602997517160123666,12],"share":0.5}'));
  expect((await send({ method: "GET", url })).body).toEqual({ ids: ["7602997517160123666", 12], share: 0.5 });
});

describe("a request without an answer", () => {
  test("never arrived when nobody listens", async () => {
    const url = await serve((_, response) => response.end());
    await new Promise((resolve) => server!.close(resolve));
    expect((await failure(send({ method: "POST", url }))).sent).toBe(false);
  });

  test("may have arrived when the socket is dropped", async () => {
    const url = await serve((request) => request.socket.destroy());
    expect((await failure(send({ method: "POST", url, body: "x" }))).sent).toBe(true);
  });

  test("may have arrived when time runs out", async () => {
    const url = await serve(() => undefined);
    expect((await failure(send({ method: "POST", url, body: "x", timeout: 100 }))).sent).toBe(true);
  });

  test("may have arrived when the answer breaks off or grows too large", async () => {
    const broken = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{");
      setImmediate(() => response.destroy());
    });
    expect((await failure(send({ method: "POST", url: broken }))).sent).toBe(true);
    server!.close();
    const large = await serve((_, response) => response.end("x".repeat(1000)));
    expect((await failure(send({ method: "GET", url: large, maxBytes: 999 }))).sent).toBe(true);
  });

  test("is named without its query", async () => {
    const url = await serve((request) => request.socket.destroy());
    const error = await failure(send({ method: "GET", url: `${url}/me?access_token=secret` }));
    expect(error.message).toContain("/me");
    expect(error.message).not.toContain("secret");
  });
});

test("a redirect is an answer and is not followed", async () => {
  let hits = 0;
  const url = await serve((_, response) => {
    hits += 1;
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  expect((await send({ method: "GET", url })).status).toBe(302);
  expect(hits).toBe(1);
});

test("an answer that is not JSON has no body", async () => {
  const url = await serve((_, response) => response.writeHead(502).end("<html>"));
  expect(await send({ method: "GET", url })).toMatchObject({ status: 502, body: undefined });
});

test.each([
  [true, true, "ambiguous"],
  [true, false, "retryable"],
  [false, true, "retryable"],
  [false, false, "retryable"],
])("sent %s, committing %s: %s", (sent, committing, kind) => {
  expect(transportFailure(new HttpFailure(sent, "x"), committing).kind).toBe(kind);
});

test("a server's own trouble is ambiguous only on the irreversible call", () => {
  const now = new Date("2026-11-22T01:00:00Z");
  const answer = { status: 503, headers: new Headers({ "retry-after": "60" }), body: undefined };
  expect(serverFailure(answer, true, now)).toEqual({ kind: "ambiguous" });
  expect(serverFailure(answer, false, now)).toEqual({ kind: "retryable", after: new Date("2026-11-22T01:01:00Z") });
  expect(retryAfter(new Headers({ "retry-after": "Sun, 22 Nov 2026 02:00:00 GMT" }), now)).toEqual(new Date("2026-11-22T02:00:00Z"));
  expect(retryAfter(new Headers(), now)).toBeNull();
});
