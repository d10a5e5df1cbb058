// Lists: what they show lives in the address, so that it can be shared, fed and gone back to.
import { plain } from "../pages/visitor.ts";
import { join, publish, unique } from "../pages/people.ts";
import { ListPage } from "../pages/posts.ts";
import { follow } from "../pages/site.ts";
import { expect, hasScripts, open, ready, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("A filter is part of the address, and of the names that take it away", both, async ({ page, resident }) => {
  const here = unique("Groen bij de flats");
  const elsewhere = unique("Groen in het dorp");
  await publish(resident, { title: here, areas: ["merelstraat"], topic: "groen", kind: "initiative" });
  await publish(resident, { title: elsewhere, areas: ["oude-dorp"], topic: "groen", kind: "initiative" });
  const list = new ListPage(page);
  await list.open();
  await expect(list.card(here)).toBeVisible();
  await expect(list.chips).toHaveCount(0);

  // A street belongs to its district.
  await list.filter({ gebied: "lindenhoek", thema: "groen", soort: "initiatief" });
  await expect(list.heading).toContainText("Lindenhoek");
  await expect(list.card(here)).toBeVisible();
  await expect(list.card(elsewhere)).toHaveCount(0);
  await expect(list.chips).toHaveText([/Lindenhoek/, /Groen/, /Initiatief/]);
  await expect(page.locator(".filter-bar #gebied")).toHaveValue("lindenhoek");

  await follow(page, list.chips.filter({ hasText: "Lindenhoek" }), (url) => !url.searchParams.get("gebied"));
  await expect(list.card(elsewhere)).toBeVisible();
  await expect(list.chips).toHaveCount(2);
  await expect(page.locator(".filter-bar #gebied")).toHaveValue("");
  await expect(page.locator(".filter-bar #thema")).toHaveValue("groen");

  await page.goBack();
  await ready(page);
  await expect(list.card(elsewhere)).toHaveCount(0);
  await expect(list.chips).toHaveCount(3);

  await follow(page, page.getByRole("link", { name: "Wis alle keuzes" }), /\/berichten$/);
  await expect(list.chips).toHaveCount(0);
});

test("An area of the header's menu or of the home page leads to its list", both, async ({ page, isMobile }) => {
  await open(page, "/");
  await follow(page, page.locator(".hero").getByRole("link", { name: "Oosterkamp" }), /\/berichten\?gebied=oosterkamp$/);
  await expect(new ListPage(page).heading).toContainText("Oosterkamp");
  // Small screens leave the menu out: the filters stand right below.
  if (isMobile || (page.viewportSize()?.width ?? 0) < 600) return;
  const menu = await new ListPage(page).openMenu("Kies een gebied");
  await follow(page, menu.getByRole("link", { name: "Vogelflats" }), /\?gebied=vogelflats$/);
  await expect(page.locator("details.menu[open]"), "the menu is out of the way").toHaveCount(0);
  await expect(new ListPage(page).heading).toContainText("Vogelflats");
});

test("More of a list comes under it, without gaps or doubles; without JavaScript it is the next page", both, async ({ page }) => {
  const list = new ListPage(page);
  await list.open();
  await expect(list.heading).toHaveText("Nieuws uit de buurt");
  const more = page.getByRole("link", { name: "Toon meer" });
  const addresses = () => list.cards.locator("h3 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const first = await addresses();
  expect(first.length).toBeGreaterThanOrEqual(20);
  const onward = (await more.getAttribute("href")) ?? "";
  expect(onward).toMatch(/^\/berichten\?na=/);
  if (hasScripts()) {
    await more.dblclick();
    await expect(list.cards.nth(first.length)).toBeVisible();
    await expect(list.cards.nth(first.length).locator("h3 a"), "the keyboard goes on with what is new").toBeFocused();
    // More may come between the two clicks: the second one then meets a post, and opens nothing.
    await list.cards.first().locator("h3 a").dispatchEvent("click", { detail: 2, button: 0 });
    const all = await addresses();
    expect(all.slice(0, first.length)).toEqual(first);
    expect(new Set(all).size, "no doubles").toBe(all.length);
    await expect(page).toHaveURL(/\/berichten$/);
  }
  await open(page, onward);
  await expect(page.getByRole("link", { name: "Terug naar het nieuwste" })).toBeVisible();
  // A post that is pinned stands on top of the first page, and in its own place in the list too.
  const pinned = first.length - 20;
  const second = await addresses();
  expect(second.length).toBeGreaterThan(0);
  expect(second.filter((address) => first.slice(pinned).includes(address))).toEqual([]);
  await follow(page, page.getByRole("link", { name: "Terug naar het nieuwste" }), /\/berichten$/);
  await expect(page.getByRole("link", { name: "Terug naar het nieuwste" })).toHaveCount(0);
});

test("A list can be followed: its feed has the same filter", async ({ page, resident, visitor }) => {
  const here = unique("Sport & spel <in> de wijk");
  const elsewhere = unique("Sport ver weg");
  const address = await publish(resident, { title: here, areas: ["de-hoven"], topic: "sport" });
  await publish(resident, { title: elsewhere, areas: ["akkerweg"], topic: "sport" });
  await open(page, "/berichten?gebied=de-hoven&thema=sport");
  const link = page.getByRole("link", { name: "Volg deze lijst (feed)" });
  const feed = (await link.getAttribute("href")) ?? "";
  expect(feed).toBe("/berichten/feed?gebied=de-hoven&thema=sport");
  const answer = await visitor.get(feed);
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toContain("application/atom+xml");
  expect(answer.text).toContain(`${visitor.base}${address}`);
  expect(answer.text, "titles are escaped").not.toContain("<in>");
  expect(plain(answer.text)).not.toContain(elsewhere);
  const etag = answer.headers.etag ?? "";
  expect(etag).not.toBe("");
  expect((await visitor.get(feed, { "if-none-match": etag })).status).toBe(304);
});

test("A list without anything says so, and shows the way back to everything", both, async ({ page }) => {
  await open(page, "/berichten?gebied=akkerweg&thema=digitaal&soort=in-memoriam");
  await expect(page.getByRole("heading", { name: "Niets gevonden" })).toBeVisible();
  await expect(page.locator(".empty").getByRole("link", { name: "Wis alle keuzes" })).toHaveAttribute("href", "/berichten");
  await expect(page.getByRole("link", { name: "Toon meer" })).toHaveCount(0);
});

test("A filter that does not exist is a page that is not there, never a list of everything", both, async ({ page, problems }) => {
  problems.expect(/status of 404/);
  for (const query of ["gebied=atlantis", "thema=drakenvliegen", "soort=roddel", "na=overmorgen", "gebied=molenhoek"]) {
    const answer = await open(page, `/berichten?${query}`);
    expect(answer?.status(), query).toBe(404);
    await expect(page.getByRole("heading", { level: 1 }), query).toHaveText("Deze pagina is er niet");
    await expect(page.locator(".post-card"), query).toHaveCount(0);
  }
});

test("What a connector pins stands on top, with the name of who did it", async ({ page, connectorPage, resident }) => {
  const title = unique("Belangrijk voor de Pontweg");
  const post = await publish(resident, { title, areas: ["stationsbuurt"], topic: "verkeer" });
  for (let i = 0; i < 3; i++) await publish(resident, { areas: ["stationsbuurt"], topic: "verkeer" });
  await open(connectorPage, post);
  const pin = connectorPage.getByRole("button", { name: "Zet twee weken bovenaan" });
  await follow(connectorPage, pin, /melding=vastgezet/);
  const list = new ListPage(page);
  await list.open("?gebied=stationsbuurt&thema=verkeer");
  await expect(list.cards.first()).toContainText("Bovenaan gezet door Willem Brouwer");
  await expect(list.card(title).first()).toContainText("Bovenaan gezet door");
  await list.open();
  await expect(list.card(title).filter({ hasText: "Bovenaan gezet door" }), "on top in its own area only").toHaveCount(0);
  await follow(connectorPage, connectorPage.getByRole("button", { name: "Haal van bovenaan weg" }), /melding=losgelaten/);
  await list.open("?gebied=stationsbuurt&thema=verkeer");
  await expect(list.card(title).first()).not.toContainText("Bovenaan gezet door");
});

test("A list is never older than the last post, for readers of the page cache too", async ({ resident, visitor }) => {
  const other = await join();
  for (let i = 0; i < 3; i++) {
    const title = unique("Vers van de pers");
    await publish(i % 2 ? other : resident, { title });
    expect((await visitor.get("/berichten")).text).toContain(title);
  }
});
