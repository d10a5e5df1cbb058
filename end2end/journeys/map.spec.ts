// The agenda on the map, a first activity in five steps, and the poster.
import { inDays, unique } from "../pages/people.ts";
import { Site, follow } from "../pages/site.ts";
import { expect, hasScripts, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("A neighbour finds on the map what the list says, and with the keyboard alone", both, async ({ page }) => {
  await open(page, "/agenda");
  const site = new Site(page);
  await follow(page, site.main.getByRole("link", { name: "Kaart", exact: true }), /weergave=kaart/);
  const lines = site.main.locator("li[data-point]");
  await expect(lines.first()).toBeVisible();
  const points = new Set(await lines.evaluateAll((all) => all.map((line) => line.getAttribute("data-point"))));
  if (!hasScripts()) {
    await expect(site.main.locator(".map__spot")).toHaveCount(points.size);
    return;
  }
  const pins = site.main.locator(".map-pin");
  // Neighbours share a marker until the map is nearer.
  await expect(pins.first()).toBeVisible();
  expect(await pins.count()).toBeLessThanOrEqual(points.size);
  await pins.first().focus();
  await page.keyboard.press("Enter");
  const popup = site.main.locator(".leaflet-popup");
  await expect(popup).toBeVisible();
  await expect(popup.getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(popup).toHaveCount(0);
  await expect(pins.first()).toBeFocused();
  await pins.first().press("Enter");
  await follow(page, popup.locator(".map-popup__times a").first(), /\/activiteiten\//);
});

test("A new organiser is led to an activity on the map, and prints a poster", both, async ({ residentPage: page }) => {
  const site = new Site(page);
  const title = unique("Soep eten");
  await open(page, "/activiteiten/nieuw");
  await follow(page, site.main.getByRole("link", { name: "Wij helpen je in vijf stappen" }), /\/activiteiten\/eerste/);
  await page.locator("#tekst").fill("Kom je er ook bij?");
  // What is missing is said, and what was typed stays.
  await site.send("Volgende stap", /stap=1/);
  await expect(page.locator("#tekst")).toHaveValue("Kom je er ook bij?");
  await page.locator("#titel").fill(title);
  await site.send("Volgende stap", /stap=2/);
  await page.locator("#dag").fill(inDays(5));
  await page.locator("#van").fill("12:00");
  await page.locator("#tot").fill("14:00");
  await site.send("Volgende stap", /stap=3/);
  await page.locator("#bekende-plek").selectOption("de-linde");
  if (hasScripts()) {
    await page.locator(".place-on-map summary").click();
    await expect(page.locator(".place-on-map .map-pin")).toBeVisible();
  }
  await site.send("Volgende stap", /stap=4/);
  await page.locator('input[name="draft[audience][]"][value="older"]').check();
  await site.send("Terug", /stap=3/);
  await expect(page.locator("#bekende-plek")).toHaveValue("de-linde");
  await site.send("Volgende stap", /stap=4/);
  await expect(page.locator('input[name="draft[audience][]"][value="older"]')).toBeChecked();
  await site.send("Volgende stap", /stap=5/);
  await expect(site.main).toContainText(title);
  await site.main.getByRole("button", { name: "Zet in de agenda" }).last().click();
  await page.waitForURL(/\/activiteiten\/[0-9a-f-]{36}\?melding=bewaard/);
  await expect(site.main.locator(".activity-facts")).toContainText("Buurthuis De Linde, Lindeplein 1");
  await follow(page, site.main.getByRole("link", { name: "Poster" }), /\/poster/);
  await expect(page.locator(".poster__code")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".poster")).toBeVisible();
  await expect(page.locator(".site-header")).toBeHidden();
  // One sheet of A4, within the margins.
  await page.setViewportSize({ width: 672, height: 986 });
  const sheet = await page.locator(".poster").boundingBox();
  expect((sheet?.y ?? 0) + (sheet?.height ?? 2_000)).toBeLessThanOrEqual(986);
});

test("A click on the map says where it is", async ({ residentPage: page }) => {
  const site = new Site(page);
  await open(page, "/activiteiten/nieuw");
  await page.locator(".place-on-map summary").click();
  const map = page.locator(".place-on-map .map--live");
  await map.click({ position: { x: 120, y: 140 } });
  await expect(page.locator("#breedte")).toHaveValue(/^52\.\d+$/);
  await expect(page.locator("#lengte")).toHaveValue(/^5\.\d+$/);
  await expect(site.main.locator(".map-pin")).toHaveCount(1);
  await page.locator("#bekende-plek").selectOption("de-linde");
  await expect(site.main.locator(".map-pin")).toHaveCount(1);
});
