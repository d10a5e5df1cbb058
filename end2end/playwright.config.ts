// The browser tests, against the release build. `cargo xtask e2e` builds it and says where everything is.
//
// A test runs on a desktop and on a phone, with JavaScript. One with @no-js in its name runs in a browser
// without JavaScript only, one with @both in all three, one with @once on the desktop only,
// and one with @story without JavaScript on a desktop too.
import { defineConfig } from "@playwright/test";
import { baseUrl, chromium, communities } from "./server.ts";

export default defineConfig({
  testDir: ".",
  testMatch: ["a11y", "bugs", "journeys", "no-js"].map((folder) => `**/${folder}/**/*.spec.ts`),
  outputDir: "test-results",
  globalSetup: "./global-setup.ts",
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  globalTimeout: 30 * 60_000,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: baseUrl(communities.rietvoorde),
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    trace: "off",
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: chromium() },
  },
  projects: [
    { name: "desktop", grepInvert: /@no-js/, use: { viewport: { width: 1280, height: 900 } } },
    {
      name: "phone",
      grepInvert: /@no-js|@once/,
      use: { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
    {
      name: "no-js",
      grep: /@no-js|@both/,
      use: { viewport: { width: 360, height: 800 }, javaScriptEnabled: false },
    },
    {
      name: "no-js-desktop",
      grep: /@story/,
      use: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
    },
  ],
});
