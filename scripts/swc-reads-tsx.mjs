// Preloaded into dependency-cruiser, which asks @swc/core to read .tsx files without saying that they hold JSX, and does not
// tell imports of types from imports of values: with IMPORTS=values it sees the latter alone.
import swc from "@swc/core";

const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => {
  const module = parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });
  if (process.env.IMPORTS === "values") module.body = module.body.filter((item) => !item.typeOnly);
  return module;
};
