// Preloaded into the real servers: they listen on 127.0.0.1 only, and a connection to any other host is refused.
import net from "node:net";

const local = new Set(["127.0.0.1", "::1", "localhost", ""]);

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function listenOnLoopback(...args) {
  const [first, ...rest] = args;
  const done = rest.find((each) => typeof each === "function");
  if (typeof first === "object" && first !== null) return listen.call(this, { ...first, host: "127.0.0.1" }, done);
  return listen.call(this, { port: Number(first ?? 0), host: "127.0.0.1" }, typeof first === "function" ? first : done);
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function connectOnLoopback(...args) {
  // Inside Node itself the arguments arrive as one array, already normalised.
  const [target, host] = Array.isArray(args[0]) ? args[0] : args;
  const name = typeof target === "object" ? (target.path ? "" : (target.host ?? "")) : typeof host === "string" ? host : "";
  if (!local.has(name)) {
    process.stderr.write(`refused: a connection to ${name}\n`);
    queueMicrotask(() => this.destroy(new Error(`no host but this one may be reached, not ${name}`)));
    return this;
  }
  return connect.apply(this, args);
};
