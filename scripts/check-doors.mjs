// Every page, route and action is made by a wrapper of lib/core that names who may enter; nothing else is exported from those files.
import fs from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const kinds = [
  { file: /^app\/(.*\/)?page\.tsx$/, wrappers: ["page", "publicPage"], door: /^default (?<maker>\w+)/ },
  {
    file: /^app\/(.*\/)?route\.tsx?$/,
    wrappers: ["route", "publicRoute"],
    door: /^const (?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) = (?<maker>\w+)/,
  },
  { file: /^lib\/.+\/actions\.ts$/, wrappers: ["action", "publicAction"], door: /^const \w+ = (?<maker>\w+)/ },
];
// What Next.js reads beside the door and what opens nothing: constants, types, a title that is told no parameter.
const harmless =
  /^(const (metadata|viewport|dynamic|dynamicParams|revalidate|runtime|maxDuration)\b|(type|interface) |(const generateMetadata = async |async function generateMetadata)\(\))/;

const files = ["app", "components", "lib"]
  .filter((folder) => fs.existsSync(path.join(root, folder)))
  .flatMap((folder) => fs.readdirSync(path.join(root, folder), { recursive: true }).map((name) => path.posix.join(folder, name)))
  .filter((name) => /\.tsx?$/.test(name) && !name.includes("/generated/") && !/\.test\.tsx?$/.test(name));
const problems = files.flatMap((name) => problemsOf(name, fs.readFileSync(path.join(root, name), "utf8")));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function problemsOf(name, text) {
  const source = withoutComments(text);
  const kind = kinds.find(({ file }) => file.test(name));
  const says = (line) => `${name}: ${line}`;
  const actions = kind?.wrappers.includes("action");
  if (!actions && /^\s*["']use server["']/m.test(source)) return [says('"use server" belongs into lib/**/actions.ts alone')];
  if (!kind) return [];
  const found = [];
  if (actions && !/^\s*["']use server["']/.test(source)) found.push(says('must begin with "use server"'));
  const exports = [...source.matchAll(/^export (.*)$/gm)].map(([, rest]) => rest);
  if (!exports.some((rest) => kind.door.test(rest))) found.push(says(`exports nothing made by ${kind.wrappers.join("( or ")}(`));
  for (const rest of exports.filter((text) => !harmless.test(text))) {
    const maker = kind.door.exec(rest)?.groups.maker;
    if (!kind.wrappers.includes(maker)) found.push(says(`"export ${rest.slice(0, 60)}" is not made by ${kind.wrappers.join("( or ")}(`));
    else if (!importsFromCore(source, maker)) found.push(says(`${maker} must be the one of #lib/core`));
  }
  return found;
}

function importsFromCore(source, name) {
  return [...source.matchAll(/^import \{([^}]*)\} from ["'](?:#lib|(?:\.\.\/)*\.\.)\/core\/[^"']+["']/gm)].some(([, names]) =>
    names.split(",").some((part) => part.trim() === name),
  );
}

function withoutComments(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/=\s*\n\s*/g, "= ");
}
