import type { BrowserContext, Page } from "@playwright/test";
import { another, expect, isPhone, picture } from "./support.ts";

// What people do in more than one flow, at a desk and on a phone.

/** An account of the demo's lab that the agency has on every platform. */
export const account = "dinsos_tgl";

/** Gives consent on the platform's own page, as the holder of the agency's account, and comes back. */
export async function consentAt(page: Page) {
  await page.waitForURL(/authorize/);
  await page
    .getByRole("link", { name: /Dinas Sosial Kabupaten Tegal/ })
    .first()
    .click();
}

/** Connects the agency's account on a platform, unless that was done before. */
export async function connectByConsent(page: Page, platform: string, name: string) {
  await page.goto("/settings/channels");
  const connected = page.getByText(`${name} · langsung`);
  await expect(page.getByRole("button", { name: "Hubungkan akun" })).toBeVisible();
  if (await connected.isVisible()) return;
  await page.getByRole("button", { name: "Hubungkan akun" }).click();
  await page.getByLabel("Platform").selectOption(platform);
  await page.getByRole("button", { name: `Lanjut ke ${name}` }).click();
  await consentAt(page);
  await expect(page.getByRole("heading", { level: 1, name: "Pilih akun" })).toBeVisible();
  await expect(page.getByText(account)).toBeVisible();
  await page.getByRole("button", { name: "Hubungkan akun ini" }).click();
  await expect(connected).toBeVisible();
}

/** Chooses exactly these channels, each by the words on its chip. */
async function choose(page: Page, wanted: RegExp[]) {
  for (const chip of await page.locator("fieldset .chips").first().getByRole("button").all()) {
    const words = (await chip.innerText()).replace(/\s+/g, " ").trim();
    const pressed = (await chip.getAttribute("aria-pressed")) === "true";
    if (pressed !== wanted.some((one) => one.test(words))) await chip.click();
  }
}

/** Writes a draft for some channels, or for those that are chosen already, and waits until it is kept. */
export async function write(page: Page, text: string, { channels, alt }: { channels?: RegExp[]; alt?: string } = {}) {
  await page.goto("/posts/new");
  if (channels) await choose(page, channels);
  await page.getByRole("textbox", { name: "Naskah utama" }).fill(text);
  if (alt) {
    await page.locator("#gambar").setInputFiles({ name: "layanan.jpg", mimeType: "image/jpeg", buffer: await picture() });
    await page.getByLabel("Teks alternatif gambar 1").fill(alt);
  }
  await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
}

/** Hands the draft in; its address is the answer. */
export async function submit(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Ajukan ke verifikator" }).click();
  await expect(page.getByRole("main").getByText("Menunggu verifikasi").first()).toBeVisible();
  return page.url();
}

/** Opens a post from the queue of whoever decides. */
export async function openInQueue(page: Page, words: string) {
  await page.goto("/review");
  await page
    .getByRole("navigation", { name: "Antrean verifikasi" })
    .getByRole("link", { name: new RegExp(words) })
    .click();
  // The first of the queue stands there already, and is drawn anew under its own address.
  await page.waitForURL(/\/review\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 2, name: new RegExp(words) })).toBeVisible();
}

/** Ticks the six points and approves: at a desk by the keys, on a phone by touch. */
export async function approve(page: Page, words: string) {
  await openInQueue(page, words);
  await expect(page.getByText("0 dari 6")).toBeVisible();
  if (isPhone(page)) {
    for (const box of await page.getByRole("complementary", { name: "Enam hal" }).getByRole("checkbox").all()) await box.check();
    await page.getByRole("button", { name: /^Setujui/ }).click();
  } else {
    // The keys are heard once the page has come alive.
    await expect(async () => {
      await page.keyboard.press("1");
      await expect(page.getByText("1 dari 6")).toBeVisible({ timeout: 500 });
    }).toPass();
    for (const key of "23456") await page.keyboard.press(key);
    await expect(page.getByText("Semua hal sudah dicentang.")).toBeVisible();
    await page.keyboard.press("a");
  }
  await expect(page.getByRole("heading", { level: 2, name: new RegExp(words) })).toHaveCount(0);
}

export const publishNow = (page: Page) => page.getByRole("button", { name: "Terbitkan sekarang" }).click();

/** Waits for the post's place on each platform. */
export async function expectPublished(page: Page, platforms: string[]) {
  for (const name of platforms) await expect(page.getByRole("link", { name: `Buka di ${name}` })).toBeVisible({ timeout: 90_000 });
}

/** A word that nothing else holds. */
export const fresh = () => Date.now().toString(36);
let post = "";

/** A citizen at the platform's own page of a post of the agency. */
export async function citizen(context: BrowserContext, desk: Page): Promise<Page> {
  if (!post) {
    await desk.goto("/settings/channels");
    const account = await desk
      .getByRole("link", { name: /dinsos\.kabtegal/ })
      .first()
      .getAttribute("href");
    const there = await context.newPage();
    await there.goto(account!);
    await there
      .getByRole("link", { name: /Lihat komentar/ })
      .first()
      .click();
    await there.waitForURL(/posts/);
    post = there.url();
    await there.close();
  }
  const visitor = await another(context, "");
  await visitor.goto(post);
  return visitor;
}

export async function comment(visitor: Page, name: string, words: string) {
  await visitor.getByLabel("Nama").first().fill(name);
  await visitor.getByLabel("Komentar").first().fill(words);
  await visitor.getByRole("button", { name: /Kirim/ }).first().click();
  await expect(visitor.getByText(words).first()).toBeVisible();
}

/** A comment in the list of the inbox. */
export const row = (page: Page, words: string) => page.locator(".inbox-rows a.case", { hasText: words });

/** A comment's case, opened from the list that it has come to. */
export async function openCase(page: Page, words: string, list = "/inbox") {
  await page.goto(list);
  await row(page, words).click();
  await expect(page.getByRole("region", { name: "Pesan", exact: true }).getByText(words).first()).toBeVisible();
}
