import type { Page } from "@playwright/test";
import { desktop, expect, expectSound, logIn, people, phone, test } from "./support.ts";

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("data-code") ?? null);

/** Walks with the right arrow from where the focus is until it stands on a place. */
async function walkTo(page: Page, code: string) {
  await page.keyboard.press("Home");
  for (let steps = 0; steps < 40 && (await focused(page)) !== code; steps++) await page.keyboard.press("ArrowRight");
  expect(await focused(page)).toBe(code);
}

for (const screen of [desktop, phone])
  test.describe(`at ${screen.viewport.width} px`, () => {
    test.use(screen);
    test("the map by keyboard: to a province, into it, to a regency, and back", async ({ page }) => {
      await logIn(page, people.analyst);
      await page.goto("/scores/map");
      const map = page.getByRole("group", { name: /^Peta Indonesia/ });
      await map.locator("[tabindex='0']").focus();
      const first = await focused(page);
      await page.keyboard.press("End");
      expect(await focused(page)).not.toBe(first);
      await walkTo(page, "33");
      await expect(map.locator("[tabindex='0']")).toHaveCount(1);

      const label = (await map.locator("[data-code='33']").getAttribute("aria-label")) ?? "";
      const [, share, active, units] = /^Jawa Tengah: ([\d,]+%) aktif, ([\d.]+) dari ([\d.]+) unit, peringkat \d+$/.exec(label) ?? [];
      await expect(page.locator(".map-said")).toHaveText(label);
      await expect(page.getByRole("row", { name: new RegExp(`Jawa Tengah.*${active} dari ${units}.*${share}`) })).toBeVisible();
      await expectSound(page);

      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/province=33/);
      const province = page.getByRole("group", { name: /^Peta Jawa Tengah/ });
      await province.locator("[tabindex='0']").focus();
      await walkTo(page, "33.28");
      await expect(province.locator("[data-code='33.28']")).toHaveAttribute("aria-label", /^Kabupaten Tegal: 41,7% aktif, 15 dari 36 unit/);
      await expect(page.getByRole("row", { name: /Kota Magelang.*tanpa garis batas/ })).toBeVisible();
      await expectSound(page);

      await page.keyboard.press("Escape");
      await expect(page).not.toHaveURL(/province=/);
      await expect(map).toBeVisible();
    });
  });
