import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Chromium or Chrome on this machine, or undefined where there is none. */
export const browserPath: string | undefined = [
  Deno.env.get("CHROMIUM"),
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path && existsSync(path));

/** Starts it without a window, with a profile of its own, and without talk to anybody. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: browserPath!,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
