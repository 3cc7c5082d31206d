// Imported into every child of `npm start`, whose stdin is a pipe from it: however the parent dies, the pipe ends, and then
// this process ends with all it forked (it leads its process group).
import { isMainThread } from "node:worker_threads";

/** A child that somebody else started leads no group: its own parent ends it. */
function end(signal) {
  try {
    process.kill(-process.pid, signal);
  } catch {}
}

const forked = process.send !== undefined; // Node hands this import on to forks and threads; the leader speaks for them
if (isMainThread && !forked) {
  process.stdin.on("error", () => {});
  process.stdin.on("end", () => {
    end("SIGTERM");
    setTimeout(() => end("SIGKILL"), 3000).unref();
  });
  process.stdin.resume();
  process.stdin.unref?.(); // a child of a bundler may have a file for stdin
}
