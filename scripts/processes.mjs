// What the operating system knows about processes and ports.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** When a process was born, as an opaque word; null when it is gone. A process id alone may be somebody else's by now. */
export function born(pid) {
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-o", "lstart=,stat=", "-p", String(pid)], { encoding: "utf8" });
    const line = (stdout ?? "").trim();
    return line === "" || /\sZ\S*$/.test(line) ? null : line.replace(/\s\S+$/, "");
  }
  let stat;
  try {
    stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? null : fields[19]; // a zombie, which a container without an init never reaps, is gone
}

/** @param {{ pid: number, born: string | null }} known */
export const isSame = (known) => known.born !== null && born(known.pid) === known.born;

/** Sends a signal to a process or, with `group`, to its whole process group; false when there was none. */
export function signal(pid, name, { group = false } = {}) {
  try {
    return process.kill(group ? -pid : pid, name);
  } catch {
    return false;
  }
}

/** Ends a process and its group: asks, waits `graceMs`, then kills what is left. */
export async function endGroup(known, graceMs) {
  if (isSame(known)) {
    signal(known.pid, "SIGTERM");
    const deadline = Date.now() + graceMs;
    while (isSame(known) && Date.now() < deadline) await sleep(20);
  }
  signal(known.pid, "SIGKILL", { group: true });
}

export function commandLine(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

/** A port that nobody uses at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Why nothing can listen there ("EADDRINUSE", "EACCES", …), or null when it can. */
export function whyNotListen(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer().once("error", (error) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

export function canConnect(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Who listens on a TCP port, in words; "another program" where the system does not tell. */
export function portOwner(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const sockets = new Set();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const line of readLines(table)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(`:${hex}`) && fields[3] === "0A") sockets.add(`socket:[${fields[9]}]`);
    }
  }
  for (const pid of listFolder("/proc").filter((name) => /^\d+$/.test(name))) {
    for (const fd of listFolder(`/proc/${pid}/fd`)) {
      if (sockets.has(linkTarget(`/proc/${pid}/fd/${fd}`))) return `process ${pid} (${commandLine(pid).slice(0, 80)})`;
    }
  }
  return "another program";
}

function readLines(file) {
  try {
    return fs.readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

function listFolder(folder) {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function linkTarget(file) {
  try {
    return fs.readlinkSync(file);
  } catch {
    return "";
  }
}
