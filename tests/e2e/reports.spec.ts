import { readFile } from "node:fs/promises";
import { extractText, getDocumentProxy, getResolvedPDFJS } from "unpdf";
import { desktop, expect, expectSound, logIn, people, phone, test } from "./support.ts";

test.describe("the monthly report", () => {
  test.use(desktop);

  test("is made from the leaderboard, signed, downloaded, and says in its PDF what its page says", async ({ page }) => {
    await logIn(page, people.head);
    await page.goto("/scores");
    await page.getByRole("link", { name: "Susun laporan bulanan" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Buat laporan" })).toBeVisible();
    await expectSound(page);
    const active = await page.locator(".key-figures b").first().innerText();
    const posts = await page.locator(".key-figures b").nth(1).innerText();
    await page.getByRole("button", { name: "Buat laporan ini" }).click();
    await expect(page.getByText("Angka sudah dikunci.", { exact: false })).toBeVisible();
    await page.getByLabel("Nomor laporan").fill("500.2.3.5/77/LAP/DISKOMINFO/XI/2026");
    await page.getByLabel("NIP", { exact: true }).fill("123");
    await page.getByRole("button", { name: "Simpan", exact: true }).click();
    await expect(page.getByText("NIP ini tidak mungkin benar.", { exact: false }).first()).toBeVisible();
    await page.getByLabel("NIP", { exact: true }).fill("19760412 200312 1 004");
    await page.getByRole("button", { name: "Simpan", exact: true }).click();
    await expect(page.getByText("Nomor: 500.2.3.5/77/LAP/DISKOMINFO/XI/2026")).toBeVisible();
    await page.getByRole("button", { name: "Susun berkas" }).click();
    const link = page.getByRole("link", { name: "Unduh PDF" });
    await expect(link).toBeVisible({ timeout: 20_000 });
    await expectSound(page);
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(download.suggestedFilename()).toMatch(/^laporan-kab-tegal-\d{4}-\d\d-01-\d{4}-\d\d-\d\d\.pdf$/);
    const pdf = await getDocumentProxy(new Uint8Array(await readFile(await download.path())));
    const { text } = await extractText(pdf, { mergePages: true });
    const words = text.replaceAll(/\s+/g, " ");
    for (const said of [
      active,
      posts,
      "500.2.3.5/77/LAP/DISKOMINFO/XI/2026",
      "DINAS KOMUNIKASI DAN INFORMATIKA",
      "NIP 19760412 200312 1 004",
      "Halaman 1 dari",
    ])
      expect(words).toContain(said);
    const { OPS } = await getResolvedPDFJS();
    const operators = (await (await pdf.getPage(1)).getOperatorList()).fnArray;
    expect(operators.filter((operator) => operator === OPS.constructPath).length).toBeGreaterThan(5);
    expect(operators.filter((operator) => operator === OPS.paintImageXObject).length).toBe(1);

    await page.getByRole("button", { name: "Tetapkan sebagai final" }).click();
    await expect(page.getByRole("button", { name: "Buat versi baru" })).toBeVisible();
    await expect(page.getByLabel("Nomor laporan")).toHaveCount(0);
  });
});

test.describe("on a phone", () => {
  test.use(phone);

  test("reports, runs, schedules and the letterhead fit and can be used", async ({ page }) => {
    await logIn(page, people.head);
    for (const address of ["/reports", "/reports/runs", "/reports/schedules", "/settings/letterhead"]) {
      await page.goto(address);
      await expectSound(page);
    }
    await page.goto("/reports");
    await page.locator(".row-title a").first().click();
    await expect(page.getByRole("heading", { name: "Keadaan" })).toBeVisible();
    await expectSound(page);
  });
});
