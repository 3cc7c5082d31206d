// One `npm start` per data folder. DATA_DIR/run.json says who runs it, which processes belong to it and where they listen.
import fs from "node:fs";
import path from "node:path";
import { born, endGroup, isSame } from "./processes.mjs";

/**
 * Takes the folder for this process; what a start that was killed left running is ended first.
 * @returns {Promise<{ note: (facts: object) => void, child: (name: string, known: object) => void, release: () => void }>}
 * @throws {Error} with a plain sentence when another start has the folder
 */
export async function claim(data, address) {
  const file = path.join(data, "run.json");
  const content = { start: { pid: process.pid, born: born(process.pid) }, address, children: {} };
  for (let tries = 0; !create(file, content); tries++) {
    const other = read(file);
    if (other && isSame(other.start)) {
      const where = `on the data folder ${data} (process ${other.start.pid}, ${other.address})`;
      throw new Error(`Garda already runs ${where}. Use that one, stop it with Ctrl-C, or set DATA_DIR and PORT to run a second.`);
    }
    if (tries > 3) throw new Error(`${file} cannot be taken over: delete it if no Garda runs on that folder.`);
    for (const known of Object.values(other?.children ?? {})) await endGroup(known, 3000);
    fs.rmSync(file, { force: true });
  }
  const write = () => replace(file, content);
  return {
    note: (facts) => {
      Object.assign(content, facts);
      write();
    },
    child: (name, known) => {
      content.children[name] = known;
      write();
    },
    release: () => fs.rmSync(file, { force: true }),
  };
}

function draft(file, content) {
  const name = `${file}.${process.pid}`;
  fs.writeFileSync(name, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  return name;
}

/** Creates the file whole or not at all: a link, unlike a write, fails when the name is taken. */
function create(file, content) {
  const name = draft(file, content);
  try {
    fs.linkSync(name, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    fs.rmSync(name);
  }
}

function replace(file, content) {
  fs.renameSync(draft(file, content), file);
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
