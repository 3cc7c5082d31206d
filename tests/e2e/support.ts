import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import sharp from "sharp";

export const password = "garda-demo-2026";
/** People of the demo, by what they do in a flow. */
export const people = {
  author: "rina@dinsos.tegal.garda.example",
  verifier: "agus@diskominfo.tegal.garda.example",
  head: "hendra@diskominfo.tegal.garda.example",
  supervisor: "retno@diskominfo.tegal.garda.example",
  analyst: "arya@puspen.kemendagri.garda.example",
  stranger: "admin@diskominfo.bintan.garda.example",
} as const;

export type Screen = { viewport: { width: number; height: number }; isMobile: boolean; hasTouch: boolean };
export const desktop: Screen = { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false };
export const phone: Screen = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
export const isPhone = (page: Page) => page.viewportSize()!.width < 768;

const errors: string[] = [];
/** What a browser may say: an answer that refuses, and that the line was cut on purpose. */
const expected = /status of 4\d\d|ERR_INTERNET_DISCONNECTED/;

function listen(context: BrowserContext) {
  context.on("weberror", (error) => errors.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error" && !expected.test(message.text())) errors.push(`${message.page()?.url()}: ${message.text()}`);
  });
}

/** Every test fails on an error in the console of any page, whoever's browser it is. */
export const test = base.extend<{ quietConsole: undefined }>({
  quietConsole: [
    async ({ context }, use) => {
      errors.length = 0;
      listen(context);
      await use(undefined);
      expect(errors, "errors in the console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

const sessions = new Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>();

export async function logInByForm(page: Page, identity: string) {
  await page.goto("/login");
  await page.getByLabel("Surel atau NIP").fill(identity);
  await page.getByLabel("Kata sandi", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Hari ini" })).toBeVisible();
  sessions.set(identity, await page.context().cookies());
}

/** Logs in by the form the first time, later by that session. */
export async function logIn(page: Page, identity: string) {
  const known = sessions.get(identity);
  if (!known) return logInByForm(page, identity);
  await page.context().addCookies(known);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Hari ini" })).toBeVisible();
}

/** A browser of another person, with its own cookies. */
export async function another(context: BrowserContext, identity: string, screen = desktop): Promise<Page> {
  const fresh = await context
    .browser()!
    .newContext({ baseURL: process.env.E2E_URL, locale: "id-ID", timezoneId: "Asia/Jakarta", ...screen });
  listen(fresh);
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
  // On a phone the window itself grows with what is too wide for it.
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(scroll, "width of the content").toBeLessThanOrEqual(page.viewportSize()!.width);
}

/** The page as it stands has no fault of access and fits its screen. */
export async function expectSound(page: Page) {
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
}

export const picture = (background = "#0a5c78") =>
  sharp({ create: { width: 1080, height: 1080, channels: 3, background } })
    .jpeg()
    .toBuffer();
