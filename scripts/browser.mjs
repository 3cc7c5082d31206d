// Finds a Chromium for the tests in the browser.
import { spawnSync } from "node:child_process";
import fs from "node:fs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

/** The path of a Chromium; as root on Debian it is installed when there is none. @throws {Error} saying what to do */
export async function findBrowser() {
  const { chromium } = await import("@playwright/test");
  const found = [process.env.CHROMIUM_PATH, ...places, chromium.executablePath()].find((file) => file && fs.existsSync(file));
  if (found) return found;
  if (process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get")) {
    console.log("Installing chromium with apt-get …");
    apt("update", "-qq");
    apt("install", "-y", "-qq", "--no-install-recommends", "chromium");
    if (fs.existsSync(places[0])) return places[0];
  }
  throw new Error("No Chromium was found. Install one (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.");
}

function apt(...args) {
  const options = { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync("apt-get", ["-o", "DPkg::Lock::Timeout=300", ...args], options);
}
