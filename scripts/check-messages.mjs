// Indonesian and English say the same things: the same files, keys and placeholders, each message well formed.
import fs from "node:fs";
import path from "node:path";
import { placeholders } from "./icu.mjs";

const folder = path.join(import.meta.dirname, "..", "messages");
const [first, second] = ["id", "en"].map(read);
const problems = [...first.problems, ...second.problems];

for (const key of new Set([...first.messages.keys(), ...second.messages.keys()])) {
  const [a, b] = [first.messages.get(key), second.messages.get(key)];
  if (a === undefined || b === undefined) problems.push(`${key}: missing in messages/${a === undefined ? "id" : "en"}`);
  else if (a !== b) problems.push(`${key}: the placeholders differ: id has {${a}}, en has {${b}}`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Keys as "file: a.b.c", each with its placeholders in one string. */
function read(language) {
  const messages = new Map();
  const problems = [];
  const walk = (value, key, file) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (name.includes(".")) problems.push(`${language}/${key}: the key "${name}" has a dot in it`);
        walk(inner, key === file ? `${file}: ${name}` : `${key}.${name}`, file);
      }
    } else if (typeof value !== "string") problems.push(`${language}/${key}: is not a text`);
    else if (value.trim() === "") problems.push(`${language}/${key}: is empty`);
    else {
      messages.set(key, ""); // it exists, whatever its form
      try {
        messages.set(key, [...placeholders(value)].sort().join(", "));
      } catch (error) {
        problems.push(`${language}/${key}: ${error.message}`);
      }
    }
  };
  const home = path.join(folder, language);
  for (const file of fs.existsSync(home) ? fs.readdirSync(home).sort() : [])
    walk(JSON.parse(fs.readFileSync(path.join(home, file), "utf8")), file, file);
  return { messages, problems };
}
