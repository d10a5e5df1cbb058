// Several drafts, posts that publish themselves, posts that expire, and beginning with five questions.
import type { Locator, Page } from "@playwright/test";
import { become, join, signIn, unique } from "../pages/people.ts";
import { WritePage } from "../pages/posts.ts";
import { Site, follow } from "../pages/site.ts";
import { baseUrl, communities, expect, open, test } from "../pages/test.ts";
import type { Person } from "../pages/people.ts";

const both = { tag: "@both" };

/** Keeps a draft the way the form does while somebody types; gives its key. */
async function keep({ visitor }: Person, title: string): Promise<string> {
  const { text } = await visitor.get("/berichten/nieuw?concept=nieuw");
  const concept = /name="concept" value="([0-9a-f-]{36})"/.exec(text)?.[1] ?? "";
  await visitor.post("/api/posts/keep-draft", {
    concept,
    "draft[title]": title,
    "draft[body]": "Het begin staat er al.",
    "draft[kind]": "story",
  });
  return concept;
}

test("Drafts stand on a list; each is opened, thrown away and taken back", both, async ({ residentPage: page, resident }) => {
  const [first, second] = [unique("Eerste concept"), unique("Tweede concept")];
  await keep(resident, first);
  await keep(resident, second);
  const site = new Site(page);
  await open(page, "/account/concepten");
  await expect(site.heading).toHaveText("Mijn concepten");
  await expect(site.main.getByRole("article")).toHaveCount(2);

  const one = site.main.getByRole("article", { name: first });
  await follow(page, one.getByRole("button", { name: "Gooi weg" }), /gedaan=weg/);
  await expect(site.main.getByRole("article")).toHaveCount(1);
  await site.send("Zet terug", /gedaan=terug/);
  await expect(site.main.getByRole("article")).toHaveCount(2);

  await follow(page, one.getByRole("link", { name: "Schrijf verder" }), /\/berichten\/nieuw\?concept=/);
  const write = new WritePage(page);
  await expect(write.title).toHaveValue(first);
  await write.publish();
  await open(page, "/account/concepten");
  await expect(site.main.getByRole("article")).toHaveCount(1);
  await expect(site.main.getByRole("article", { name: second })).toBeVisible();
});

test("What is typed in one draft never shows in another", async ({ residentPage: page, resident }) => {
  const [first, second] = [unique("Soep"), unique("Snoeien")];
  const [a, b] = [await keep(resident, first), await keep(resident, second)];
  const write = new WritePage(page);
  await open(page, `/berichten/nieuw?concept=${a}`);
  await write.body.fill("Alleen over soep.");
  await expect(page.getByText("Je tekst is bewaard.")).toBeVisible();
  await open(page, `/berichten/nieuw?concept=${b}`);
  await expect(write.title).toHaveValue(second);
  await expect(write.body).toHaveValue("Het begin staat er al.");
  await open(page, `/berichten/nieuw?concept=${a}`);
  await expect(write.body).toHaveValue("Alleen over soep.");
  await open(page, "/berichten/nieuw?concept=nieuw");
  await expect(write.title).toHaveValue("");
});

test("A post is planned, changed and withdrawn, and nobody sees it before", both, async ({ residentPage: page, another }) => {
  const title = unique("Later te lezen");
  const write = new WritePage(page);
  await write.open();
  await write.write({ title, body: "Tot dan blijft het stil." });
  await page.getByText("Later plaatsen, of tot een dag").click();
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  await page.locator("#op-dag").fill(day);
  await page.locator("#op-tijd").fill("09:30");
  await write.send("Plaats bericht", /\/berichten\?melding=gepland/);
  await expect(write.toast).toContainText("Je bericht staat klaar.");
  await follow(page, write.toast.getByRole("link", { name: "Mijn concepten" }), /\/account\/concepten/);
  const planned = write.main.getByRole("article", { name: title });
  await expect(planned).toContainText("om 9.30 uur");
  const stranger = await another();
  await open(stranger, "/berichten");
  await expect(stranger.getByText(title)).toHaveCount(0);

  await follow(page, planned.getByRole("link", { name: "Wijzig" }), /\/berichten\/nieuw\?concept=/);
  await expect(page.getByText("Dit bericht wordt vanzelf geplaatst")).toBeVisible();
  await page.locator("#op-tijd").fill("10:15");
  await write.send("Bewaar", /\/berichten\?melding=gepland/);
  await open(page, "/account/concepten");
  await expect(planned).toContainText("om 10.15 uur");
  await follow(page, planned.getByRole("button", { name: "Niet vanzelf plaatsen" }), /gedaan=ingetrokken/);
  await expect(planned.getByRole("link", { name: "Schrijf verder" })).toBeVisible();
  // What was sent is no draft in this browser any more.
  await open(page, "/berichten/nieuw?concept=nieuw");
  await expect(write.title).toHaveValue("");
});

test("A moment that is over is said beside its field, with everything typed still there", both, async ({ residentPage: page }) => {
  const write = new WritePage(page);
  await write.open();
  await write.write({ title: unique("Te laat"), body: "Dit had gisteren gemoeten." });
  await page.getByText("Later plaatsen, of tot een dag").click();
  await page.locator("#op-dag").fill("2020-01-01");
  await write.tryToPublish();
  await expect(write.problem("op-dag")).toContainText("Dit is al voorbij");
  await expect(write.body).toHaveValue("Dit had gisteren gemoeten.");
});

test("A post with a last day says so to its author, who lets it stay longer", both, async ({ residentPage: page }) => {
  const write = new WritePage(page);
  await write.open();
  await write.write({ title: unique("Tot het op is"), body: "Op is op." });
  await page.getByText("Later plaatsen, of tot een dag").click();
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await page.locator("#tot-dag").fill(day);
  await write.publish();
  await expect(page.getByText(/Dit bericht staat tot en met/)).toBeVisible();
  await write.send("Een maand langer", /melding=verlengd/);
  await expect(write.toast).toContainText("Je kunt het een maand langer lezen.");
});

test("Five answers become a draft, and the draft a post", both, async ({ residentPage: page }) => {
  const title = unique("Kat Moos is kwijt");
  await open(page, "/berichten/nieuw");
  await follow(page, page.getByRole("link", { name: "Schrijf met vijf vragen" }), /\/berichten\/sjabloon\/kies/);
  await follow(page, page.getByRole("link", { name: "Kwijt of gevonden" }), /\/berichten\/sjabloon\/kwijt-of-gevonden/);
  const site = new Site(page);
  await site.send("Ga verder met schrijven", /flash=/);
  await expect(site.problem("vraag-1")).toContainText("Vul dit nog in.");
  await page.locator("#vraag-1").fill(title);
  await page.locator("#vraag-3").fill("Bij de brug.");
  await site.send("Ga verder met schrijven", /\/berichten\/nieuw\?concept=/);
  const write = new WritePage(page);
  await expect(write.title).toHaveValue(title);
  await expect(write.body).toHaveValue("**Waar**\n\nBij de brug.");
  await write.publish();
  await expect(write.heading).toHaveText(title);
});

test("What is sent without a connection goes once, as soon as there is one", async ({ residentPage: page, problems }) => {
  problems.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch|net::ERR/);
  const write = new WritePage(page);
  const title = unique("Uit de tunnel");
  await write.open();
  await write.write({ title, body: "Geschreven en verstuurd zonder bereik." });
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Plaats bericht" }).click();
  await expect(page.getByText("Je bericht wordt verstuurd zodra die er weer is")).toBeVisible();
  await expect(write.title).toHaveValue(title);
  await page.context().setOffline(false);
  await page.waitForURL(/melding=geplaatst/);
  await expect(write.heading).toHaveText(title);
  await open(page, "/berichten");
  await expect(page.getByRole("article").filter({ hasText: title })).toHaveCount(1);
});

/** Writes a post and presses the button without a connection; nothing is sent while the browser is offline. */
async function sendOffline(page: Page, title: string): Promise<void> {
  const write = new WritePage(page);
  await write.open();
  await write.write({ title, body: "Geschreven en verstuurd zonder bereik." });
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Plaats bericht" }).click();
  await expect(page.getByText("Je bericht wordt verstuurd zodra die er weer is")).toBeVisible();
}

/** What stands on any page about a post that waited for a connection. */
function waited(page: Page): Locator {
  return page.locator("#later");
}

const offline = /ERR_INTERNET_DISCONNECTED|Failed to fetch|net::ERR/;

for (const [kind, address] of [["a page without the program", "/agenda"], ["a page with it", "/berichten"]] as const) {
  test(`What was sent without a connection goes from ${kind} when its own page is closed`, async ({ residentPage: page, problems }) => {
    problems.expect(offline);
    const context = page.context();
    const title = unique("Pas later bereik");
    await sendOffline(page, title);
    // While it closes it may hear of the connection: it is not the one that sends here.
    await page.route("**/api/posts/create", (route) => route.abort());
    await page.close();
    await context.setOffline(false);
    const elsewhere = await context.newPage();
    await open(elsewhere, address);
    const line = waited(elsewhere);
    await expect(line).toContainText(`Je bericht “${title}” is geplaatst.`);
    const site = new Site(elsewhere);
    await follow(elsewhere, line.getByRole("link", { name: "Bekijk het" }), /\/berichten\/[0-9a-f-]{36}\?melding=geplaatst/);
    await expect(site.heading).toHaveText(title);
    await open(elsewhere, "/berichten");
    await expect(elsewhere.getByRole("article").filter({ hasText: title })).toHaveCount(1);
    await expect(waited(elsewhere)).toBeEmpty();
    // What has arrived is no draft in this browser any more.
    const write = new WritePage(elsewhere);
    await write.open();
    await expect(write.title).toHaveValue("");
  });
}

test("It goes once when several pages are open as the connection comes back", async ({ residentPage: page, problems }) => {
  problems.expect(offline);
  const context = page.context();
  const others = [await context.newPage(), await context.newPage()];
  for (const other of others) await open(other, "/berichten");
  const title = unique("Drie tabbladen");
  await sendOffline(page, title);
  await context.setOffline(false);
  // The page with the form leads to the post, whichever of them sent it.
  await page.waitForURL(/melding=geplaatst/);
  await open(page, "/berichten");
  await expect(page.getByRole("article").filter({ hasText: title })).toHaveCount(1);
});

test("Typing on takes the order back", async ({ residentPage: page, problems }) => {
  problems.expect(offline);
  const context = page.context();
  const title = unique("Toch nog iets");
  await sendOffline(page, title);
  const write = new WritePage(page);
  await write.body.pressSequentially(" Nog een zin.");
  await context.setOffline(false);
  const elsewhere = await context.newPage();
  await open(elsewhere, "/agenda");
  await expect(waited(elsewhere)).toBeEmpty();
  await open(elsewhere, "/berichten");
  await expect(elsewhere.getByRole("article").filter({ hasText: title })).toHaveCount(0);
  await expect(write.body).toHaveValue("Geschreven en verstuurd zonder bereik. Nog een zin.");
  await write.publish();
  await expect(write.heading).toHaveText(title);
});

test("Who is signed out by then is led back to the form, with everything in it", async ({ residentPage: page, resident, problems }) => {
  problems.expect(offline);
  problems.expect(/status of 401/);
  const context = page.context();
  const elsewhere = await context.newPage();
  await open(elsewhere, "/agenda");
  const title = unique("Te lang weg");
  await sendOffline(page, title);
  await page.close();
  await resident.visitor.post("/api/account/sign-out", {});
  await context.setOffline(false);
  const line = waited(elsewhere);
  await expect(line).toContainText(`Je bericht “${title}” is niet geplaatst: je bent niet meer aangemeld.`);
  const link = line.getByRole("link", { name: "Meld je aan" });
  await expect(link).toHaveAttribute("href", /^\/aanmelden\?terug=/);
  const back = new URL((await link.getAttribute("href")) ?? "", baseUrl(communities.rietvoorde)).searchParams.get("terug") ?? "";
  await follow(elsewhere, link, /\/aanmelden\?terug=/);
  // To a stranger it does not say what was written.
  await expect(waited(elsewhere)).toContainText("Er wacht nog een bericht");
  await expect(waited(elsewhere)).not.toContainText(title);

  await signIn(resident.visitor, resident.email);
  await become(context, resident);
  await open(elsewhere, back);
  const write = new WritePage(elsewhere);
  await expect(write.title).toHaveValue(title);
  await expect(write.body).toHaveValue("Geschreven en verstuurd zonder bereik.");
  await write.publish();
  await expect(write.heading).toHaveText(title);
  await open(elsewhere, "/agenda");
  await expect(waited(elsewhere)).toBeEmpty();
});

test("Somebody else in the same browser sends nothing of it", async ({ residentPage: page, network, problems }) => {
  problems.expect(offline);
  const context = page.context();
  const title = unique("Niet van mij");
  await sendOffline(page, title);
  await page.close();
  const other = await join({ network });
  await become(context, other);
  await context.setOffline(false);
  const elsewhere = await context.newPage();
  await open(elsewhere, "/berichten");
  await expect(waited(elsewhere)).toBeEmpty();
  await expect(elsewhere.getByRole("article").filter({ hasText: title })).toHaveCount(0);
});
