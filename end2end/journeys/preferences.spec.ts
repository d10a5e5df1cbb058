// Language and look belong to the reader, and stay.
import type { Page } from "@playwright/test";
import { Site, follow } from "../pages/site.ts";
import { expect, open, ready, test } from "../pages/test.ts";

const both = { tag: "@both" };

async function choose(page: Page, menu: string, choice: string): Promise<void> {
  const list = await new Site(page).openMenu(menu);
  const back = new URL(page.url());
  // The answer leads back to the same address: wait for the answer itself.
  const answered = page.waitForResponse((response) => response.url().includes("/voorkeur/"));
  await list.getByRole("button", { name: choice, exact: true }).click();
  expect((await answered).status()).toBe(303);
  await page.waitForURL((url) => url.pathname === back.pathname && url.search === back.search);
  await page.waitForLoadState();
}

const background = (page: Page) => page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);

test("A language that was chosen stays, on every page", both, async ({ page }) => {
  const html = page.locator("html");
  await open(page, "/berichten?gebied=centrum");
  await expect(html).toHaveAttribute("lang", "nl");
  await choose(page, "Kies een taal", "English");
  await expect(html).toHaveAttribute("lang", "en");
  await ready(page);
  await expect(page.locator(".chip--remove")).toHaveCount(1);
  await open(page, "/aanmelden");
  await expect(html).toHaveAttribute("lang", "en");
  await expect(page.locator("h1")).not.toHaveText("Aanmelden");
  await page.reload();
  await ready(page);
  await expect(html).toHaveAttribute("lang", "en");
  await open(page, "/");
  const menu = page.locator("header details.menu").filter({ has: page.locator('button[value="de"]') });
  await menu.locator("summary").click();
  await menu.getByRole("button", { name: "Deutsch" }).click();
  await expect(html).toHaveAttribute("lang", "de");
  await ready(page);
  await expect(menu.locator('button[value="de"]')).toHaveAttribute("aria-pressed", "true");
});

test("The reader's own language is spoken from the first page on", async ({ browser, network, problems }) => {
  for (const [locale, lang] of [["de-DE", "de"], ["en-GB", "en"], ["nl-BE", "nl"], ["fr-FR", "nl"]] as const) {
    const context = await browser.newContext({ locale, extraHTTPHeaders: { "x-forwarded-for": network } });
    problems.watch(context);
    const page = await context.newPage();
    await open(page, "/");
    await expect(page.locator("html"), locale).toHaveAttribute("lang", lang);
    await context.close();
  }
});

test("Dark, light and strong contrast are kept", both, async ({ page }) => {
  const html = page.locator("html");
  await open(page, "/berichten");
  await expect(html).toHaveAttribute("data-scheme", "auto");
  const light = await background(page);
  const seen = new Set<string>();
  for (const [choice, scheme] of [["Donker", "dark"], ["Veel contrast", "contrast"], ["Licht", "light"]] as const) {
    await choose(page, "Kies hoe het eruitziet", choice);
    await expect(html).toHaveAttribute("data-scheme", scheme);
    await ready(page);
    await open(page, "/over");
    await expect(html).toHaveAttribute("data-scheme", scheme);
    await expect(new Site(page).menu("Kies hoe het eruitziet").locator(`button[value="${scheme}"]`)).toHaveAttribute("aria-pressed", "true");
    seen.add(await background(page));
  }
  expect(seen).toContain(light);
  expect(seen.size).toBe(3);
});

test("Without a choice the page follows the device", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "/");
  const light = await background(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => background(page)).not.toBe(light);
});

test("A choice says nothing about anybody: the cookie holds the word only", async ({ page }) => {
  await open(page, "/");
  await choose(page, "Kies hoe het eruitziet", "Donker");
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name, value }) => [name, value])).toEqual([["weergave", "dark"]]);
  expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
});

test("Each community looks like itself", both, async ({ page }) => {
  await open(page, "/");
  const brand = () => page.locator("html").evaluate((html) => getComputedStyle(html).getPropertyValue("--brand"));
  const here = await brand();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "rietvoorde");
  await open(page, page.url().replace("hallorietvoorde", "puurveenzicht"));
  await expect(page.locator("html")).toHaveAttribute("data-theme", "veenzicht");
  expect(await brand()).not.toBe(here);
});

test("A link inside the site keeps the page, and the way back", async ({ page }) => {
  await open(page, "/");
  await follow(page, page.locator("main").getByRole("link", { name: "Alle berichten" }), /\/berichten$/);
  await page.goBack();
  await expect(page.locator(".hero")).toBeVisible();
  await page.goForward();
  await expect(new Site(page).heading).toHaveText("Nieuws uit de buurt");
});
