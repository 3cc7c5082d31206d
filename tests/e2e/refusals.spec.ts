import type { Page } from "@playwright/test";
import { another, expect, expectAccessible, expectNoSidewaysScroll, logIn, password, people, test } from "./support.ts";

test("a wrong password, an unknown person and an empty form get a sentence and keep what was typed", async ({ page }) => {
  await page.goto("/login");
  for (const [identity, word] of [
    [people.head, "salah-sekali"],
    ["tidak.ada@garda.example", password],
  ] as const) {
    await page.getByLabel("Surel atau NIP").fill(identity);
    await page.getByLabel("Kata sandi", { exact: true }).fill(word);
    await page.getByRole("button", { name: "Masuk", exact: true }).click();
    await expect(page.locator(".error").first()).toBeVisible();
    await expect(page.getByLabel("Surel atau NIP")).toHaveValue(identity);
  }
  await expectAccessible(page);
});

test("a file that only calls itself a picture is refused by its bytes, and the text stays", async ({ page }) => {
  await logIn(page, people.author);
  await page.goto("/posts/new");
  await page.getByRole("textbox", { name: "Naskah utama" }).fill("Naskah yang tidak boleh hilang");
  await page.locator("#gambar").setInputFiles({ name: "poster.png", mimeType: "image/png", buffer: Buffer.from("<svg onload=alert(1)>") });
  await expect(page.getByText(/bukan gambar JPG, PNG, atau WebP/)).toBeVisible();
  await page.getByLabel("Tautan", { exact: true }).fill("bukan tautan");
  await expect(page.getByText("Tautan harus diawali http:// atau https://").first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Naskah utama" })).toHaveValue("Naskah yang tidak boleh hilang");
  await page.getByLabel("Tautan", { exact: true }).fill("");
  await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
});

test("a text too long for a channel is counted, explained and mended by a version of its own", async ({ page }) => {
  await logIn(page, people.author);
  await page.goto("/posts/new");
  const manual = page.getByRole("button", { name: /Instagram/ }).first();
  if ((await manual.getAttribute("aria-pressed")) === "false") await manual.click();
  await page.getByRole("textbox", { name: "Naskah utama" }).fill("a".repeat(2300));
  await expect(page.getByText("Lewat 100 karakter dari batas 2200.")).toBeVisible();
  await page.getByRole("button", { name: "Buat versi singkat untuk Instagram" }).click();
  await page.getByRole("textbox", { name: "Versi Instagram" }).fill("Versi singkat");
  await expect(page.getByText("Lewat 100 karakter")).toHaveCount(0);
});

/** Holds the scripts of the pages that are opened from now on, as a slow line does, until the answer is called. */
async function holdScripts(page: Page) {
  let arrive = () => {};
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await arrived;
    await route.continue();
  });
  return arrive;
}

test("a form sent before its script has arrived keeps what was typed, and goes out as soon as it can", async ({ page }) => {
  await logIn(page, people.author);
  await page.goto("/settings/channels");
  const figures = page.getByRole("row", { name: /Instagram.*manual/ }).getByRole("link", { name: /Isi angka/ });
  const address = (await figures.getAttribute("href"))!;
  const arrive = await holdScripts(page);
  await page.goto(address, { waitUntil: "commit" });
  const followers = page.getByRole("textbox", { name: "Pengikut", exact: true });
  await followers.fill("7654");
  await page.getByRole("button", { name: "Catat pengikut" }).click();
  await expect(followers).toHaveValue("7654");
  expect(new URL(page.url()).search).toBe("");
  arrive();
  await expect(page.getByText("Jumlah pengikut dicatat.")).toBeVisible();
  await expect(page.getByText(/7\.654/).first()).toBeVisible();
});

test("a post begun before the script has arrived keeps its words", async ({ page }) => {
  await logIn(page, people.author);
  const arrive = await holdScripts(page);
  await page.goto("/posts/new", { waitUntil: "commit" });
  const text = page.getByRole("textbox", { name: "Naskah utama" });
  await text.fill("Ditulis lebih dulu daripada kodenya tiba");
  arrive();
  await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
  await expect(text).toHaveValue("Ditulis lebih dulu daripada kodenya tiba");
});

test("foreign and unknown ids answer alike, and pages without permission do not exist", async ({ page, context }) => {
  await logIn(page, people.author);
  const row = page.locator("main a[href^='/inbox/0']").first();
  const address = (await row.getAttribute("href"))!;
  const stranger = await another(context, people.stranger);
  for (const path of [
    address,
    "/inbox/01a00000-0000-7000-8000-000000000000",
    "/posts/01a00000-0000-7000-8000-000000000000",
    "/posts/bukan-id",
    "/settings/people",
  ]) {
    const response = await stranger.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(stranger.getByText("Halaman ini tidak ada")).toBeVisible();
  }
  await stranger.context().close();
});

test("without a session every page leads to the login", async ({ page }) => {
  for (const path of ["/", "/posts", "/inbox", "/review", "/scores", "/settings/channels"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/login$/);
  }
});

test("on a phone, dark and in English: no sideways scroll and no accessibility fault", async ({ browser }) => {
  const context = await browser.newContext({
    baseURL: process.env.E2E_URL,
    viewport: { width: 360, height: 780 },
    isMobile: true,
    hasTouch: true,
    locale: "id-ID",
  });
  const page = await context.newPage();
  await logIn(page, people.author);
  await context.addCookies([
    { name: "garda_theme", value: "dark", url: process.env.E2E_URL! },
    { name: "garda_locale", value: "en", url: process.env.E2E_URL! },
  ]);
  for (const [path, title] of [
    ["/", "Today"],
    ["/posts/new", "Write a post"],
    ["/posts", "Posts"],
    ["/inbox", "Inbox"],
    ["/scores", "Report card"],
    ["/settings/channels", "Channels"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
  await context.close();
});
