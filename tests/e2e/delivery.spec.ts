import type { Page } from "@playwright/test";
import sharp from "sharp";
import { another, expect, expectAccessible, logIn, people, test } from "./support.ts";

/** An account of the demo's lab that the agency has on every platform. */
const account = "dinsos_tgl";
const bot = "700100:bot-simulasi-garda";

const picture = () =>
  sharp({ create: { width: 1080, height: 1080, channels: 3, background: "#7a4b12" } })
    .jpeg()
    .toBuffer();

/** The desk of the platform lab, which stands for the world outside. */
async function lab(page: Page, path: string, body: object) {
  await page.goto("/settings/channels");
  const address = await page
    .getByRole("link", { name: /dinsos\.kabtegal/ })
    .first()
    .getAttribute("href");
  const answer = await page.request.post(new URL(`/_lab/${path}`, address ?? "").href, { data: body });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Gives consent on the platform's own page, as the holder of the agency's account, and comes back. */
async function consentAt(page: Page) {
  await page.waitForURL(/authorize/);
  await page
    .getByRole("link", { name: /Dinas Sosial Kabupaten Tegal/ })
    .first()
    .click();
}

async function connectByConsent(page: Page, platform: string, name: string) {
  await page.goto("/settings/channels");
  await page.getByRole("button", { name: "Hubungkan akun" }).click();
  await page.getByLabel("Platform").selectOption(platform);
  await page.getByRole("button", { name: `Lanjut ke ${name}` }).click();
  await consentAt(page);
  await expect(page.getByRole("heading", { level: 1, name: "Pilih akun" })).toBeVisible();
  await expect(page.getByText(account)).toBeVisible();
  if (platform === "instagram") await expectAccessible(page);
  await page.getByRole("button", { name: "Hubungkan akun ini" }).click();
  await expect(page.getByText(`${name} · langsung`)).toBeVisible();
}

/** Chooses exactly these channels, each by the words on its chip. */
async function choose(page: Page, wanted: RegExp[]) {
  for (const chip of await page.locator("fieldset .chips").first().getByRole("button").all()) {
    const words = (await chip.innerText()).replace(/\s+/g, " ").trim();
    const pressed = (await chip.getAttribute("aria-pressed")) === "true";
    if (pressed !== wanted.some((one) => one.test(words))) await chip.click();
  }
}

async function write(page: Page, text: string, channels: RegExp[], withPicture: boolean) {
  await page.goto("/posts/new");
  await choose(page, channels);
  await page.getByRole("textbox", { name: "Naskah utama" }).fill(text);
  if (withPicture) {
    await page.locator("#gambar").setInputFiles({ name: "layanan.jpg", mimeType: "image/jpeg", buffer: await picture() });
    await page.getByLabel("Teks alternatif gambar 1").fill("Poster layanan adaptif bagi penyandang disabilitas");
  }
  await expect(page.getByText("Tersimpan otomatis pukul")).toBeVisible();
  await page.getByRole("button", { name: "Ajukan ke verifikator" }).click();
  await expect(page.getByRole("main").getByText("Menunggu verifikasi").first()).toBeVisible();
}

async function approve(verifier: Page, words: string) {
  await verifier.goto("/review");
  await verifier
    .getByRole("navigation", { name: "Antrean verifikasi" })
    .getByRole("link", { name: new RegExp(words) })
    .click();
  await expect(verifier.getByRole("main").getByText(words).nth(1)).toBeVisible();
  await expect(verifier.getByText("0 dari 6")).toBeVisible();
  await expect(async () => {
    await verifier.keyboard.press("1");
    await expect(verifier.getByText("1 dari 6")).toBeVisible({ timeout: 500 });
  }).toPass();
  for (const key of "23456") await verifier.keyboard.press(key);
  await expect(verifier.getByText("Semua hal sudah dicentang.")).toBeVisible();
  await verifier.keyboard.press("a");
  await expect(verifier.getByText("Disetujui. Penulis memilih waktu terbitnya.")).toBeVisible();
}

const publishNow = (page: Page) => page.getByRole("button", { name: "Terbitkan sekarang" }).click();

test("connect by consent, publish to six platforms, settle the unknown, publish by hand, mend a dead token", async ({ page, context }) => {
  test.setTimeout(420_000);
  const mark = Date.now().toString(36);
  await logIn(page, people.author);
  const verifier = await another(context, people.verifier);

  await test.step("accounts are connected through the platforms' own consent pages, and one by its key", async () => {
    await page.goto("/settings/channels");
    await expectAccessible(page);
    for (const [platform, name] of [
      ["instagram", "Instagram"],
      ["threads", "Threads"],
      ["x", "X"],
      ["tiktok", "TikTok"],
    ] as const)
      await connectByConsent(page, platform, name);
    await page.getByRole("button", { name: "Hubungkan akun" }).click();
    await page.getByLabel("Platform").selectOption("telegram");
    await page.getByLabel("Nama saluran Telegram").fill(`@${account}`);
    await page.getByLabel("Token bot").fill(bot);
    await page.getByRole("dialog").getByRole("button", { name: "Hubungkan akun" }).click();
    await expect(page.getByText("Telegram · langsung")).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("one post with a picture goes to six platforms, each with its permalink", async () => {
    const text = `Kode ${mark}-enam. Layanan adaptif bagi penyandang disabilitas dibuka setiap Kamis di Slawi.`;
    await write(page, text, [/^Facebook/, /Instagram.*dinsos_tgl/, /^Threads/, /^X$/, /^TikTok/, /^Telegram/], true);
    const address = page.url();
    await approve(verifier, `${mark}-enam`);
    await page.goto(address);
    await publishNow(page);
    for (const name of ["Facebook", "Instagram", "Threads", "X", "TikTok", "Telegram"]) {
      const link = page.getByRole("link", { name: `Buka di ${name}` });
      await expect(link).toBeVisible({ timeout: 60_000 });
      const address = (await link.getAttribute("href"))!;
      if (name === "Telegram") {
        // Telegram's own address, whatever server the bot speaks to.
        expect(address).toMatch(new RegExp(`^https://t\\.me/${account}/\\d+$`));
        continue;
      }
      const there = await context.newPage();
      await there.goto(address);
      await expect(there.getByText(`${mark}-enam`).first()).toBeVisible();
      await there.close();
    }
    await expectAccessible(page);
  });

  await test.step("an outcome that nobody can look up is put before a person, who saw the post and pastes its address", async () => {
    await lab(page, "faults", { platform: "telegram", endpoint: "POST sendMessage", fault: "accept-then-drop" });
    await write(page, `Kode ${mark}-ragu. Loket pengaduan bansos pindah ke lantai dua.`, [/^Telegram/], false);
    const address = page.url();
    await approve(verifier, `${mark}-ragu`);
    await page.goto(address);
    await publishNow(page);
    await expect(page.getByText("Garda tidak dapat memastikannya.")).toBeVisible({ timeout: 60_000 });
    const field = page.getByLabel(/tautan/i).last();
    await field.fill("https://contoh.id/bukan-telegram");
    await page.getByRole("button", { name: "Simpan tautan" }).click();
    await expect(page.locator(".error").first()).toBeVisible();
    await expectAccessible(page);
    await field.fill(`https://t.me/${account}/99`);
    await page.getByRole("button", { name: "Simpan tautan" }).click();
    await expect(page.getByRole("link", { name: "Buka di Telegram" })).toBeVisible();
  });

  await test.step("a post of an account that is served by hand waits with its package, and is confirmed by its address", async () => {
    await write(page, `Kode ${mark}-tangan. Jadwal penyaluran PKH minggu ini.`, [/Instagram.*dinsos_kabtegal/], true);
    const address = page.url();
    await approve(verifier, `${mark}-tangan`);
    await page.goto(address);
    await publishNow(page);
    await expect(page.getByRole("button", { name: /Salin/ }).first()).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page);
    await page
      .getByLabel(/tautan/i)
      .last()
      .fill("https://www.instagram.com/p/CuPkhSlawi1/");
    await page.getByRole("button", { name: "Simpan tautan" }).click();
    await expect(page.getByRole("link", { name: "Buka di Instagram" })).toHaveAttribute("href", "https://www.instagram.com/p/CuPkhSlawi1/");
  });

  await test.step("a token dies: the post says so, the account is connected again, and the post goes out once", async () => {
    await lab(page, "faults", { platform: "threads", endpoint: "POST threads", fault: "revoke" });
    await write(page, `Kode ${mark}-kunci. Posko layanan buka sampai pukul 20.00.`, [/^Threads/], false);
    const address = page.url();
    await approve(verifier, `${mark}-kunci`);
    await page.goto(address);
    await publishNow(page);
    await expect(page.getByText(/hubungkan ulang/i).first()).toBeVisible({ timeout: 60_000 });
    await page.goto("/settings/channels");
    await page.getByRole("button", { name: "Hubungkan ulang" }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Lanjut ke Threads" }).click();
    await consentAt(page);
    await expect(page.getByText("Akun terhubung kembali.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Hubungkan ulang" })).toHaveCount(0);
    await page.goto(address);
    await page.getByRole("button", { name: "Coba terbitkan lagi" }).click();
    await expect(page.getByRole("link", { name: "Buka di Threads" })).toBeVisible({ timeout: 60_000 });
  });

  await test.step("operations tells every attempt, also to the keyboard and a screen reader", async () => {
    await page.goto("/operations");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });
  await verifier.context().close();
});
