import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

export const password = "garda-demo-2026";
/** People of the demo, by what they do in a flow. */
export const people = {
  author: "rina@dinsos.tegal.garda.example",
  verifier: "agus@diskominfo.tegal.garda.example",
  head: "hendra@diskominfo.tegal.garda.example",
  stranger: "admin@diskominfo.bintan.garda.example",
} as const;

/** Every test fails on an error in a page's console. */
export const test = base.extend<{ quietConsole: undefined }>({
  quietConsole: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on("weberror", (error) => errors.push(String(error.error())));
      context.on("console", (message) => {
        if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
          errors.push(`${message.page()?.url()}: ${message.text()}`);
      });
      await use(undefined);
      expect(errors, "errors in the console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function logIn(page: Page, identity: string) {
  await page.goto("/login");
  await page.getByLabel("Surel atau NIP").fill(identity);
  await page.getByLabel("Kata sandi", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Hari ini" })).toBeVisible();
}

/** A browser of another person, with its own cookies. */
export async function another(context: BrowserContext, identity: string): Promise<Page> {
  const fresh = await context
    .browser()!
    .newContext({ baseURL: process.env.E2E_URL, locale: "id-ID", timezoneId: "Asia/Jakarta", viewport: { width: 1440, height: 900 } });
  const page = await fresh.newPage();
  if (identity) await logIn(page, identity);
  return page;
}

export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
}

/** Nothing may stand beyond the right edge of a phone. */
export async function expectNoSidewaysScroll(page: Page) {
  const { inner, scroll } = await page.evaluate(() => ({ inner: window.innerWidth, scroll: document.documentElement.scrollWidth }));
  expect(scroll, "width of the content").toBeLessThanOrEqual(inner);
}
