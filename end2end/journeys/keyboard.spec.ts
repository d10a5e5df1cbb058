// Everything works without a mouse.
import type { Locator, Page } from "@playwright/test";
import { publish, unique } from "../pages/people.ts";
import { PostPage, SAVED } from "../pages/posts.ts";
import { Site } from "../pages/site.ts";
import { expect, open, ready, test } from "../pages/test.ts";

const MOST_STOPS = 90;

/** Presses Tab until the focus is there, and sees that it can be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expect(target).toBeInViewport();
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`The Tab key does not lead to ${target.toString()}.`);
}

test("The first stop skips to the content", async ({ page }) => {
  await open(page, "/berichten");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Naar de inhoud" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main#inhoud")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator("main").getByRole("link", { name: "Schrijf een bericht" }).first()).toBeFocused();
});

test("Every stop can be seen: the focus has an outline", async ({ page }) => {
  await open(page, "/aanmelden");
  for (let stops = 0; stops < 12; stops++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return true;
      const style = getComputedStyle(element);
      return (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    });
    expect(seen, `stop ${stops + 1}: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))}`).toBe(true);
  }
});

test("The menus of the header open, close and choose", async ({ page }) => {
  await open(page, "/");
  const look = new Site(page).menu("Kies hoe het eruitziet");
  const language = new Site(page).menu("Kies een taal");
  await tabTo(page, language.locator("summary"));
  await page.keyboard.press("Enter");
  await expect(language).toHaveAttribute("open");
  // One menu at a time.
  await tabTo(page, look.locator("summary"));
  await page.keyboard.press("Space");
  await expect(look).toHaveAttribute("open");
  await expect(language).not.toHaveAttribute("open");
  await tabTo(page, look.getByRole("button", { name: "Donker" }));
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-scheme", "dark");
});

test("A post is written and changed without a mouse", async ({ residentPage: page }) => {
  const title = unique("Getypt");
  await open(page, "/berichten/nieuw");
  await tabTo(page, page.locator("#titel"));
  await page.keyboard.type(title);
  await tabTo(page, page.locator("#tekst"));
  await page.keyboard.type("Alleen met toetsen geschreven.");
  await tabTo(page, page.locator('input[name="draft[kind]"]:checked'));
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('input[name="draft[kind]"]:checked')).toHaveValue("story");
  await tabTo(page, page.locator('input[name="draft[areas][]"][value="centrum"]'));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Plaats bericht" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/melding=geplaatst/);
  await ready(page);
  const shown = new PostPage(page);
  await expect(shown.heading).toHaveText(title);

  await tabTo(page, shown.handle("title"));
  await page.keyboard.press("Enter");
  await expect(shown.form).toBeVisible();
  await tabTo(page, shown.control("title"));
  await page.keyboard.press("End");
  await page.keyboard.type(" en verbeterd");
  await page.keyboard.press("Enter");
  await page.waitForURL(SAVED);
  await expect(shown.heading).toHaveText(`${title} en verbeterd`);
});

test("A part that opens takes the focus, and gives it back when it closes", async ({ residentPage: page, resident }) => {
  const post = await publish(resident);
  const shown = new PostPage(page);
  await shown.open(post);
  await tabTo(page, shown.handle("body"));
  await page.keyboard.press("Enter");
  await expect(shown.control("body")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(shown.form).toHaveCount(0);
  await expect(shown.handle("body")).toBeFocused();
});
