// What a page costs: JavaScript, requests, the server's time, and what a person feels on a desk and on a slow phone.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { findBrowser } from "../../scripts/browser.mjs";
import { startProduct } from "../../scripts/product.mjs";
import { logIn, people } from "../e2e/support.ts";
import { machine, percentile } from "../support/bench-database.ts";
import { busyDesk } from "../support/busy-desk.ts";
import { chromiumFlags } from "../support/chromium.ts";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
const smoke = values.scale === "smoke";
const REQUESTS = smoke ? 3 : 60;
const VISITS = smoke ? 1 : 5;
const POSTS_IN_WEEK = smoke ? 200 : 2000;
const slowPhone = { cpu: 4, downBytes: 1_600_000 / 8, latencyMs: 150 };

type Vitals = { js_gz_kb: number; requests: number; lcp_ms: number; tbt_ms: number; cls: number };
type Visit = Vitals & { page: string; server_p50_ms?: number; server_p95_ms?: number };

const work = fs.mkdtempSync(path.join(os.tmpdir(), "garda-bench-pages-"));
fs.chmodSync(work, 0o755);
const data = process.env.E2E_DATA_DIR ?? path.join(work, "data");
const product = process.env.E2E_URL ? { url: process.env.E2E_URL, stop: async () => {} } : await startProduct({ data });
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: chromiumFlags,
});
const pages: Visit[] = [];
const phone: Visit[] = [];
try {
  const author = await signedIn(browser, people.author);
  const head = await signedIn(browser, people.head);
  const verifier = await signedIn(browser, people.verifier);
  await look("login", "/login");
  await look("today", "/", author);
  await look("composer", "/posts/new", author);
  await look("inbox", "/inbox", author);
  await look("leaderboard", "/scores", head);
  await look("review", "/review", verifier);
  const { draft, day } = await busyDesk(data, people.author, POSTS_IN_WEEK);
  await look("composer_6_channels", `/posts/${draft}`, author);
  await look("calendar_week", `/calendar?day=${day}`, author);
  console.log(
    JSON.stringify({
      pages,
      phone,
      conditions: `${values.scale}, demo data, ${POSTS_IN_WEEK} posts in the calendar's week, ${machine()}, Chromium ${browser.version()}; phone: 4x CPU slow-down, 1.6 Mbit/s, 150 ms; medians of ${VISITS} cold visits, ${REQUESTS} requests in a row`,
    }),
  );
} finally {
  await browser.close();
  await product.stop();
  fs.rmSync(work, { recursive: true, force: true });
}
process.exit();

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

async function look(page: string, address: string, state?: State) {
  const visit = { page, ...(await visits(browser, address, state, false)), ...(await serverTimes(address, state)) };
  pages.push(visit);
  if (!smoke) phone.push({ page, ...(await visits(browser, address, state, true)) });
  console.log(`${page}: ${visit.js_gz_kb} kB of JavaScript, server p95 ${visit.server_p95_ms} ms`);
}

async function signedIn(from: Browser, person: string): Promise<State> {
  const context = await from.newContext({ baseURL: product.url });
  await logIn(await context.newPage(), person);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function visits(from: Browser, address: string, state: State | undefined, onPhone: boolean): Promise<Vitals> {
  const all: Vitals[] = [];
  for (let i = 0; i < VISITS; i++) all.push(await visit(from, address, state, onPhone));
  const median = (key: keyof Vitals) =>
    percentile(
      all.map((v) => v[key]),
      0.5,
    );
  return {
    js_gz_kb: median("js_gz_kb"),
    requests: median("requests"),
    lcp_ms: median("lcp_ms"),
    tbt_ms: median("tbt_ms"),
    cls: median("cls"),
  };
}

async function visit(from: Browser, address: string, state: State | undefined, onPhone: boolean): Promise<Vitals> {
  const context = await from.newContext({
    baseURL: product.url,
    storageState: state,
    locale: "id-ID",
    viewport: onPhone ? { width: 360, height: 780 } : { width: 1440, height: 900 },
    isMobile: onPhone,
    hasTouch: onPhone,
    deviceScaleFactor: onPhone ? 2 : 1,
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  if (onPhone) {
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: slowPhone.latencyMs,
      downloadThroughput: slowPhone.downBytes,
      uploadThroughput: slowPhone.downBytes,
    });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowPhone.cpu });
  }
  let requests = 0;
  let js = 0;
  const weighing: Promise<unknown>[] = [];
  page.on("request", (request) => {
    if (!request.url().includes("/api/live")) requests += 1;
  });
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    weighing.push(
      response.body().then(
        (body) => (js += gzipSync(body).length),
        () => {},
      ),
    );
  });
  await page.addInitScript(() => {
    const seen = { lcp: 0, tbt: 0, cls: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.lcp = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.tbt += Math.max(0, entry.duration - 50);
    }).observe({ type: "longtask", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
        if (!entry.hadRecentInput) seen.cls += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(onPhone ? 2500 : 800);
  await Promise.all(weighing);
  const seen = await page.evaluate(() => (window as unknown as { seen: { lcp: number; tbt: number; cls: number } }).seen);
  await context.close();
  return {
    js_gz_kb: Math.round(js / 102.4) / 10,
    requests,
    lcp_ms: Math.round(seen.lcp),
    tbt_ms: Math.round(seen.tbt),
    cls: Math.round(seen.cls * 1000) / 1000,
  };
}

async function serverTimes(address: string, state: State | undefined) {
  const cookie = state?.cookies.map(({ name, value }) => `${name}=${value}`).join("; ") ?? "";
  const times: number[] = [];
  for (let i = 0; i < REQUESTS + 2; i++) {
    const started = performance.now();
    const response = await fetch(product.url + address, { headers: { cookie } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    if (i >= 2) times.push(performance.now() - started);
  }
  return { server_p50_ms: Math.round(percentile(times, 0.5) * 10) / 10, server_p95_ms: Math.round(percentile(times, 0.95) * 10) / 10 };
}
