/** A real SMTP server on this machine, with a login, and what lies in its box. */
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";

export type Received = {
  id: string;
  from: string;
  to: string[];
  /** By lower-case name, unfolded and decoded. */
  headers: Map<string, string>;
  subject: string;
  text: string;
  html: string;
  /** The names of what is attached. */
  attachments: string[];
};
export type Mailbox = Awaited<ReturnType<typeof openMailbox>>;

const login = { user: "garda", pass: "rahasia:/@surel" };

/** Takes mails from who logs in. `refuse`: a code for the next recipient or mail; `cut`: it keeps the next mail and hangs up without a word. */
export async function openMailbox() {
  const received: Received[] = [];
  const next: { refuse?: { at: "RCPT" | "DATA"; code: number }; cut?: boolean } = {};
  const sockets = new Set<Socket>();
  const refused = (at: "RCPT" | "DATA") => {
    if (next.refuse?.at !== at) return null;
    const error = Object.assign(new Error("not here"), { responseCode: next.refuse.code });
    delete next.refuse;
    return error;
  };
  const make = () => {
    const server = new SMTPServer({
      hideSTARTTLS: true,
      allowInsecureAuth: true,
      closeTimeout: 10,
      onAuth: ({ username, password }, _session, done) =>
        username === login.user && password === login.pass ? done(null, { user: username }) : done(new Error("wrong login")),
      onRcptTo: (_address, _session, done) => done(refused("RCPT")),
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const error = refused("DATA");
          if (error) return done(error);
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom ? mailFrom.address : "";
          received.push({ from, to: rcptTo.map(({ address }) => address), ...parsed(Buffer.concat(parts).toString("latin1")) });
          if (!next.cut) return done(null);
          delete next.cut;
          for (const socket of sockets) socket.destroy();
        });
      },
    });
    server.server.on("connection", (socket: Socket) => sockets.add(socket.on("close", () => sockets.delete(socket))));
    server.on("error", () => {});
    return server;
  };
  let server = make();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.server.address() as AddressInfo;
  const stop = () => new Promise<void>((done) => server.close(() => done()));
  return {
    url: `smtp://${login.user}:${encodeURIComponent(login.pass)}@127.0.0.1:${port}`,
    received,
    next,
    stop,
    start: async () => {
      server = make();
      await new Promise<void>((done) => server.listen(port, "127.0.0.1", () => done()));
    },
    /** What came since the last look. */
    take: () => received.splice(0),
  };
}

function parsed(raw: string): Omit<Received, "from" | "to"> {
  const { headers, body } = entity(raw);
  const parts = partsOf(headers, body);
  return {
    id: headers.get("message-id") ?? "",
    headers,
    subject: headers.get("subject") ?? "",
    text: parts.get("text/plain") ?? "",
    html: parts.get("text/html") ?? "",
    attachments: [...raw.matchAll(/content-disposition: attachment;\s*filename="?([^"\r\n]+)/gi)].map(([, name]) => name!),
  };
}

function entity(raw: string) {
  const cut = raw.indexOf("\r\n\r\n");
  const lines = raw
    .slice(0, cut)
    .replace(/\r\n[ \t]/g, " ")
    .split("\r\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), words(line.slice(line.indexOf(":") + 1).trim())]),
  );
  return { headers, body: raw.slice(cut + 4) };
}

/** The texts of a mail by their type. */
function partsOf(headers: Map<string, string>, body: string): Map<string, string> {
  const type = headers.get("content-type") ?? "text/plain";
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  if (!boundary) return new Map([[type.split(";")[0] ?? "", bodyOf(headers.get("content-transfer-encoding") ?? "", body)]]);
  const inner = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => entity(part.replace(/^\r\n/, "")));
  return new Map(inner.flatMap((part) => [...partsOf(part.headers, part.body)]));
}

const bytesOf = (quoted: string) => quoted.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function bodyOf(encoding: string, body: string): string {
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : Buffer.from(encoding === "quoted-printable" ? bytesOf(body.replace(/=\r\n/g, "")) : body, "latin1");
  return bytes.toString("utf8").replaceAll("\r\n", "\n").trim();
}

/** RFC 2047: words of a header in another alphabet. */
const words = (value: string) =>
  value
    .replace(/(=\?[^?]+\?[QB]\?[^?]*\?=)\s+(?==\?)/gi, "$1")
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
      (how.toUpperCase() === "B" ? Buffer.from(text, "base64") : Buffer.from(bytesOf(text.replaceAll("_", " ")), "latin1")).toString(
        "utf8",
      ),
    );
