import type { Page } from "@playwright/test";
import { account, approve, connectByConsent, consentAt, expectPublished, publishNow, submit, write } from "./steps.ts";
import { another, expect, expectAccessible, logIn, people, test } from "./support.ts";

const bot = "700100:bot-simulasi-garda";

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

test("connect by consent, publish to six platforms, settle the unknown, mend a dead token", async ({ page, context }) => {
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
    const channels = [/^Facebook/, /Instagram.*dinsos_tgl/, /^Threads/, /^X$/, /^TikTok/, /^Telegram/];
    await write(page, text, { channels, alt: "Poster layanan adaptif bagi penyandang disabilitas" });
    const address = await submit(page);
    await approve(verifier, `${mark}-enam`);
    await page.goto(address);
    await publishNow(page);
    const names = ["Facebook", "Instagram", "Threads", "X", "TikTok", "Telegram"];
    await expectPublished(page, names);
    for (const name of names) {
      const address = (await page.getByRole("link", { name: `Buka di ${name}` }).getAttribute("href"))!;
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
    await write(page, `Kode ${mark}-ragu. Loket pengaduan bansos pindah ke lantai dua.`, { channels: [/^Telegram/] });
    const address = await submit(page);
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

  await test.step("a token dies: the post says so, the account is connected again, and the post goes out once", async () => {
    await lab(page, "faults", { platform: "threads", endpoint: "POST threads", fault: "revoke" });
    await write(page, `Kode ${mark}-kunci. Posko layanan buka sampai pukul 20.00.`, { channels: [/^Threads/] });
    const address = await submit(page);
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
