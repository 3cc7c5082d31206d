import { defineConfig } from "@playwright/test";
import { chromiumFlags } from "./tests/support/chromium.ts";

/** Runs against a product that scripts/test.mjs has started with its demo and its lab (E2E_URL). */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 1,
  retries: 1, // what passes only then is told by name at the end of the run
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env.E2E_URL,
    actionTimeout: 15_000,
    locale: "id-ID",
    timezoneId: "Asia/Jakarta",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: chromiumFlags,
    },
  },
});
