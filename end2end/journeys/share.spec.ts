// Handing on: sharing a post, lists on other sites, and paper.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { plan, publish, unique } from "../pages/people.ts";
import { ListPage, PostPage } from "../pages/posts.ts";
import { Site, follow } from "../pages/site.ts";
import { baseUrl, communities, expect, open, ready, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("A post is shared with plain links that ask nobody anything", both, async ({ page, resident }) => {
  const title = unique("Soep & brood");
  const post = await publish(resident, { title });
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== communities.rietvoorde) elsewhere.push(request.url());
  });
  await new PostPage(page).open(post);
  const share = page.locator("details.share");
  await expect(share.getByRole("link", { name: "Stuur per mail" })).toBeHidden();
  await share.locator("summary").click();
  const mail = share.getByRole("link", { name: "Stuur per mail" });
  await expect(mail).toBeVisible();
  expect(decodeURIComponent((await mail.getAttribute("href")) ?? "")).toContain(`subject=${title}`);
  const whatsapp = share.getByRole("link", { name: "Stuur met WhatsApp" });
  await expect(whatsapp).toHaveAttribute("rel", /noreferrer/);
  await expect(share.getByLabel("Of kopieer dit adres")).toHaveValue(`${baseUrl(communities.rietvoorde)}${post}`);
  expect(elsewhere).toEqual([]);
});

/** Puts the device's own sheet into a browser that has none, or takes it away; what it is given is kept in the page. */
async function withSheet(page: Page, outcome: "shared" | "closed" | "refused" | "none"): Promise<void> {
  await page.addInitScript((outcome) => {
    const given: unknown[] = [];
    const fails = { closed: "AbortError", refused: "NotAllowedError", shared: "", none: "" }[outcome];
    const share = async (what: unknown) => {
      given.push(what);
      if (fails) throw new DOMException("no", fails);
    };
    Object.defineProperty(navigator, "share", { configurable: true, value: outcome === "none" ? undefined : share });
    Object.assign(window, { given });
  }, outcome);
}

const given = (page: Page) => page.evaluate(() => (window as unknown as { given: unknown[] }).given);

test("Where the device has a sheet to share with, one button opens it with the title and the address", async ({ page, resident }) => {
  const title = unique("Delen & meer");
  const post = await publish(resident, { title });
  const activity = await plan(resident, { title });
  await withSheet(page, "shared");
  for (const address of [post, activity]) {
    await open(page, address);
    const button = page.getByRole("button", { name: "Delen…", exact: true });
    await button.click();
    expect(await given(page)).toEqual([{ title, url: `${baseUrl(communities.rietvoorde)}${address}` }]);
    // The other ways are still there.
    const share = page.locator("details.share");
    await expect(share.locator("summary")).toHaveText("Andere manieren", { useInnerText: true });
    await share.locator("summary").click();
    await expect(share.getByRole("link", { name: "Stuur per mail" })).toBeVisible();
  }
});

test("Who closes the sheet is left alone, and where it does not open the other ways do", async ({ page, resident }) => {
  const post = await publish(resident, { title: unique("Toch niet") });
  for (const [outcome, opens] of [["closed", false], ["refused", true]] as const) {
    await withSheet(page, outcome);
    await open(page, post);
    await page.getByRole("button", { name: "Delen…", exact: true }).click();
    expect(await given(page)).toHaveLength(1);
    const mail = page.locator("details.share").getByRole("link", { name: "Stuur per mail" });
    await expect(mail).toBeVisible({ visible: opens });
  }
});

test("Without such a sheet there is no button for it", both, async ({ page, resident }) => {
  const post = await publish(resident, { title: unique("Zonder") });
  await withSheet(page, "none");
  await open(page, post);
  await expect(page.locator("[data-share]")).toBeHidden();
  await expect(page.locator("details.share summary")).toHaveText("Deel dit bericht", { useInnerText: true });
});

test("A post has a picture for other sites", async ({ page, resident }) => {
  const post = await publish(resident, { title: unique("Voor elders") });
  await open(page, post);
  const address = await page.locator('meta[property="og:image"]').getAttribute("content");
  expect(new URL(address ?? "").pathname).toBe(`${post}/kaart.png`);
  const size = await page.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight];
  }, `${post}/kaart.png`);
  expect(size).toEqual([1200, 630]);
});

test("The name of a writer leads to what they wrote", both, async ({ page, resident }) => {
  const title = unique("Van mij");
  const post = await publish(resident, { title });
  await new PostPage(page).open(post);
  await follow(page, page.locator(".post__byline a"), /\/berichten\?schrijver=[0-9a-f-]{36}$/);
  const list = new ListPage(page);
  await expect(list.card(title)).toBeVisible();
  await expect(list.cards).toHaveCount(1);
  await expect(list.chips).toHaveCount(1);
  await expect(page.locator('link[rel="alternate"][href*="schrijver="]')).toHaveCount(1);
});

test("Somebody shows a list on the site of their village", both, async ({ page, resident, problems, browser }) => {
  // The frame allows no scripts: also not those of the program that runs this test.
  problems.expect(/sandboxed/i);
  const title = unique("Nieuws voor het dorp");
  await publish(resident, { title, areas: ["oude-dorp"] });
  await open(page, "/insluiten");
  const site = new Site(page);
  await expect(site.heading).toHaveText("Berichten op je eigen site");
  await page.locator("#gebied").selectOption("oosterkamp");
  await page.locator("#aantal").selectOption("3");
  await site.send("Maak de code", /gebied=oosterkamp/);
  const preview = page.frameLocator("iframe.embed-preview");
  await expect(preview.getByRole("link", { name: title })).toBeVisible();
  await expect(preview.locator("li")).toHaveCount(3);
  const code = await page.locator("#code").inputValue();
  expect(code).toContain("<iframe ");

  // On another site, which has nothing of ours.
  const elsewhere = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><html lang="nl"><title>Ons dorp</title><link rel="icon" href="data:,"><h1>Ons dorp</h1>${code}`);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  const { port } = elsewhere.address() as AddressInfo;
  // Without the header that tells tests apart: with it the font would be asked for beforehand.
  const context = await browser.newContext({ extraHTTPHeaders: {} });
  problems.watch(context);
  const reader = await context.newPage();
  await reader.goto(`http://${communities.veenzicht}:${port}/`);
  const frame = reader.frameLocator("iframe");
  const link = frame.getByRole("link", { name: title });
  await expect(link).toBeVisible();
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(reader.locator("iframe")).toHaveAttribute("title", "Berichten van HalloRietvoorde");
  expect(await context.cookies(baseUrl(communities.rietvoorde))).toEqual([]);
  await context.close();
  await new Promise((resolve) => {
    elsewhere.close(resolve);
    elsewhere.closeAllConnections();
  });
});

test("On paper a post has its address and no way to anywhere", async ({ page, resident }) => {
  const post = await publish(resident, { title: unique("Op papier") });
  await open(page, post);
  await ready(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("article .print-only")).toHaveText(`${baseUrl(communities.rietvoorde)}${post}`);
  for (const gone of [".main-nav", ".bottom-nav", "details.share", ".share-sheet", ".post__actions", ".utrecht-breadcrumb-nav"]) {
    for (const element of await page.locator(gone).all()) await expect(element, gone).toBeHidden();
  }
});
