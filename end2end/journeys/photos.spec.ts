// Photos: sent with a form or in the background, shown with the post, changed, and looked at large.
import { fileURLToPath } from "node:url";
import { AlbumPage, LargePhoto, PhotoBlock } from "../pages/photos.ts";
import { publish, unique } from "../pages/people.ts";
import { ListPage, PostPage, WritePage } from "../pages/posts.ts";
import { expect, hasScripts, open, ready, test } from "../pages/test.ts";

const both = { tag: "@both" };
const picture = (name: string): string => fileURLToPath(new URL(`../../public/${name}`, import.meta.url));
const SQUARE = picture("icon-512.png");
const WIDE = picture("og.png");

test("Photos come with a story, are described, and show on its card and its page", both, async ({ residentPage: page }) => {
  const title = unique("De ijsvogel is terug");
  const write = new WritePage(page);
  await write.open();
  await write.write({ title, body: "Gisteren bij de brug.", kind: "story" });
  const photos = new PhotoBlock(page);
  await photos.add(SQUARE, WIDE);
  await expect(photos.lines).toHaveCount(2);
  await expect(write.title).toHaveValue(title);
  await photos.describe(0, "Een ijsvogel op een tak", "Bij de brug");
  await photos.describe(1, "De brug in de mist");
  await write.publish();
  const gallery = page.locator(".gallery");
  await expect(gallery.getByRole("img", { name: "Een ijsvogel op een tak" })).toBeVisible();
  await expect(gallery.locator("figcaption")).toHaveText("Bij de brug");
  // Every photo has its place before it is there: nothing jumps.
  for (const image of await gallery.locator("picture > img").all()) {
    await expect(image).toHaveAttribute("width", /^\d+$/);
    await expect(image).toHaveAttribute("height", /^\d+$/);
  }
  const list = new ListPage(page);
  await list.open();
  const cover = list.card(title).locator(".card__picture img");
  await expect(cover).toBeVisible();
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

test("What is no photo is said in a sentence, and what was typed stays", both, async ({ residentPage: page, problems }) => {
  problems.expect(/status of 422/);
  const title = unique("Zonder foto");
  const write = new WritePage(page);
  await write.open();
  await write.write({ title, body: "Dit was geen foto." });
  const photos = new PhotoBlock(page);
  await photos.tryToAdd({ name: "vos.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<script>alert(1)</script>") });
  await expect(photos.block.locator(".form__problem")).toContainText("Dit is geen foto.");
  await expect(write.title).toHaveValue(title);
  if (hasScripts()) {
    await photos.block.getByRole("button", { name: "Stop" }).click();
    await expect(photos.block.locator(".uploads__photo")).toHaveCount(0);
  }
});

test("A photo on its way can be stopped, and one that broke off be sent again", async ({ residentPage: page, problems }) => {
  problems.expect(/ERR_FAILED/);
  const write = new WritePage(page);
  await write.open();
  await write.write({ title: unique("Onderweg"), body: "Het internet hapert." });
  const photos = new PhotoBlock(page);
  await page.route("**/fotos", (route) => route.abort());
  await photos.choose(SQUARE);
  const line = photos.block.locator(".uploads__photo");
  await expect(line).toContainText("Deze foto is niet aangekomen.");
  await page.unroute("**/fotos");
  await line.getByRole("button", { name: "Probeer opnieuw" }).click();
  await expect(photos.lines).toHaveCount(1);
  await expect(photos.block.locator(".form__problem")).toHaveCount(0);

  let arrived: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (arrived = resolve));
  await page.route("**/fotos", async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  await photos.choose(WIDE);
  await line.getByRole("button", { name: "Stop" }).click();
  await expect(line).toHaveCount(0);
  arrived();
  await expect(photos.lines).toHaveCount(1);
});

test("Photos of a published post get another order and other words; a neighbour may not", both, async ({
  residentPage: page,
  resident,
  another,
  problems,
}) => {
  problems.expect(/status of 401/);
  const post = await publish(resident, { title: unique("Het album van het feest") });
  const shown = new PostPage(page);
  await shown.open(post);
  await page.getByRole("link", { name: "Foto's aanpassen" }).click();
  const album = new AlbumPage(page);
  await expect(album.main).toContainText("Er staan nog geen foto's bij dit bericht.");
  await album.photos.add(SQUARE, WIDE);
  await album.describe(1, "Een vierkant", "middle");
  await album.describe(2, "Het feest", "top");
  await album.place(2, 1);
  await album.save();
  await expect(page.locator(".gallery picture > img").first()).toHaveAttribute("alt", "Het feest");

  await shown.openHistory();
  await expect(page.locator("ol.timeline > li").first()).toContainText("De foto's zijn aangepast");
  await album.open(post);
  await album.takeAway(1);
  await album.save();
  await expect(page.locator(".gallery picture > img")).toHaveCount(1);

  const neighbour = await another();
  await open(neighbour, `${post}/fotos`);
  await expect(neighbour.getByRole("button", { name: "Bewaar de foto's" })).toHaveCount(0);
});

test("A photo is looked at large, with the keyboard alone", both, async ({ residentPage: page, resident }) => {
  const post = await publish(resident, { title: unique("Kijk eens goed") });
  const album = new AlbumPage(page);
  await album.open(post);
  await album.photos.add(SQUARE, WIDE);
  await album.describe(1, "Het eerste");
  await album.describe(2, "Het tweede");
  await album.save();
  const large = new LargePhoto(page);
  await large.open(1);
  await expect(large.photo("Het eerste")).toBeVisible();
  await large.turn("next");
  await expect(large.photo("Het tweede")).toBeVisible();
  await expect(page.getByText("Foto 2 van 2", { exact: true })).toBeVisible();
  await large.turn("prev");
  await expect(large.photo("Het eerste")).toBeVisible();
  await large.turn("close");
  await expect(page.locator("article.post")).toBeVisible();
});

test("A photo of a post that is taken away is not handed out", async ({ residentPage: page, resident, visitor }) => {
  const post = await publish(resident, { title: unique("Even weg") });
  const album = new AlbumPage(page);
  await album.open(post);
  await album.photos.add(SQUARE);
  await album.save();
  const file = (await page.locator(".gallery picture > img").getAttribute("src")) ?? "";
  expect((await visitor.get(file)).status).toBe(200);
  await page.getByRole("button", { name: "Verwijder", exact: true }).click();
  await expect(page.locator(".toast")).toBeVisible();
  expect((await visitor.get(file)).status).toBe(404);
});

test("Photos chosen without a connection wait on the device, and go with the post that was sent", async ({ residentPage: page, problems }) => {
  problems.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch|net::ERR/);
  const write = new WritePage(page);
  const title = unique("Foto uit de tunnel");
  await write.open();
  await write.write({ title, body: "Zonder bereik gemaakt en verstuurd." });
  const photos = new PhotoBlock(page);
  await expect(photos.block).toHaveAttribute("data-begun", "");
  await page.context().setOffline(true);
  await photos.choose([SQUARE, WIDE]);
  await expect(photos.waiting).toHaveCount(2);
  await page.getByRole("button", { name: "Plaats bericht" }).click();
  await expect(photos.block.getByRole("status")).toContainText("zodra de foto’s er zijn");
  await expect(write.title).toHaveValue(title);
  await page.context().setOffline(false);
  await page.waitForURL(/melding=geplaatst/);
  await expect(write.heading).toHaveText(title);
  await expect(page.locator(".gallery picture > img")).toHaveCount(2);
});

test("Photos that were not sent yet are there again after the tab was closed", async ({ residentPage: page, problems }) => {
  problems.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch|net::ERR/);
  const write = new WritePage(page);
  const title = unique("Toen was de batterij leeg");
  await write.open();
  const photos = new PhotoBlock(page);
  await expect(photos.block).toHaveAttribute("data-begun", "");
  await page.context().setOffline(true);
  await write.write({ title, body: "Straks verder." });
  await expect(page.getByText("Geen verbinding. Je tekst is bewaard op dit apparaat.")).toBeVisible();
  await photos.choose(SQUARE);
  await expect(photos.waiting).toHaveCount(1);
  const context = page.context();
  await page.close();
  await context.setOffline(false);

  const again = await context.newPage();
  const later = new WritePage(again);
  await open(again, "/berichten/nieuw");
  await again.waitForURL(/flash=/);
  await ready(again);
  await expect(new PhotoBlock(again).lines).toHaveCount(1);
  await expect(later.title).toHaveValue(title);
  // What has arrived is not kept on the device any more.
  await open(again, "/berichten/nieuw?concept=nieuw");
  await open(again, "/berichten/nieuw");
  await expect(new PhotoBlock(again).block).toHaveAttribute("data-begun", "");
  await expect(new PhotoBlock(again).block.locator(".uploads__photo")).toHaveCount(0);
});

test("A photo that is chosen while those left are looked up is not taken twice", async ({ residentPage: page, problems }) => {
  problems.expect(/ERR_FAILED|Failed to fetch|net::ERR/);
  await page.route("**/fotos", (route) => route.abort());
  const write = new WritePage(page);
  await write.open();
  await write.write({ title: unique("Snel gekozen"), body: "Nog voor de pagina klaar was." });
  const photos = new PhotoBlock(page);
  const lines = photos.block.locator(".uploads__photo");
  await photos.choose(SQUARE);
  await expect(lines).toContainText("Deze foto is niet aangekomen.");
  // The lock is given late, as on a slow device.
  await page.addInitScript(() => {
    const { locks } = navigator;
    const request = locks.request.bind(locks) as (...all: unknown[]) => Promise<unknown>;
    const given = new Promise<void>((resolve) => Object.assign(window, { giveLock: resolve }));
    locks.request = ((...all: unknown[]) => given.then(() => request(...all))) as typeof locks.request;
  });
  await page.reload();
  await ready(page);
  await expect(photos.block).toHaveAttribute("data-begun", "");
  await photos.choose(WIDE);
  await expect(lines).toHaveCount(1);
  await page.evaluate(() => (window as unknown as { giveLock(): void }).giveLock());
  await expect(lines).toHaveText([/og\.png/, /icon-512\.png/]);
});

test("An album of the demo is there for everybody, from its card to each photo large", both, async ({ page }) => {
  await open(page, "/berichten?soort=fotos");
  const cover = page.locator(".post-card .card__picture img").first();
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const album = (await page.locator(".post-card__title a").first().getAttribute("href")) ?? "";
  await open(page, album);
  const photos = page.locator(".gallery picture > img");
  expect(await photos.count()).toBeGreaterThanOrEqual(3);
  await expect(photos.nth(1)).toHaveAttribute("alt", /\S.{20}/);
  const large = new LargePhoto(page);
  await large.open(2);
  await expect(large.photo((await page.locator(".lightbox img").getAttribute("alt")) ?? "")).toBeVisible();
  await large.turn("next");
  await expect(page.getByText(/^Foto 3 van \d+$/)).toBeVisible();
});
