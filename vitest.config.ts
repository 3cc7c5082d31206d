import path from "node:path";
import { defineConfig } from "vitest/config";
import { compileCache } from "./tests/support/lab.ts";

process.env.NODE_COMPILE_CACHE = compileCache;
process.env.TZ = "Asia/Kathmandu"; // +05:45, where nobody who uses the product lives: a forgotten zone fails

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    maxWorkers: "100%", // one would be left idle, which on a small machine is half of it
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["lib/**/*.test.ts", "components/**/*.test.{ts,tsx}"], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts", "tests/contract/**/*.test.ts"],
          globalSetup: [path.join(import.meta.dirname, "tests", "support", "global-setup.ts")],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
