import path from "node:path";
import { defineConfig } from "vitest/config";

process.env.TZ = "Asia/Kathmandu"; // +05:45, where nobody who uses the product lives: a forgotten zone fails

/** Started by scripts/test-real.mjs, which starts the servers first; one file at a time, since all share two accounts. */
export default defineConfig({
  root: path.join(import.meta.dirname, "../.."),
  test: {
    include: ["tests/real/*.test.ts"],
    globalSetup: [path.join(import.meta.dirname, "../support/global-setup.ts")],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
