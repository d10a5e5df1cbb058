// The reason all of this exists: a neighbour reads, signs in and writes; a connector corrects; the other
// community sees nothing of it.
import { Visitor, plain, someNetwork } from "../pages/visitor.ts";
import { demo, join, totp, unique } from "../pages/people.ts";
import { HistoryPage, ListPage, ONE_POST, PostPage, WritePage } from "../pages/posts.ts";
import { OutboxPage, Site, follow, signInWithMail } from "../pages/site.ts";
import { baseUrl, communities, expect, hasScripts, open, ready, test } from "../pages/test.ts";
import type { Page } from "@playwright/test";

/** Each project has a connector of its own: a code of the app counts once, and a second step is set up once. */
const connectors = {
  desktop: { who: demo.willem, area: "lindenhoek" },
  phone: { who: demo.aicha, area: "lindenhoek" },
  "no-js": { who: demo.petra, area: "oosterkamp" },
  "no-js-desktop": { who: demo.ahmed, area: "centrum" },
} as const;
const own = () => connectors[test.info().project.name as keyof typeof connectors];

async function signInAsConnector(page: Page): Promise<string> {
  await open(page, "/aanmelden");
  if (!hasScripts()) {
    // The role asks for a second factor, which is set up now.
    await signInWithMail(page, own().who.email, /\/aanmelden\/tweede-stap/);
    await expect(page.getByRole("img", { name: "QR-code om te scannen met je app" })).toBeVisible();
    const secret = await page.locator("main p > code").innerText();
    await page.locator("#code").fill(totp(secret));
    await new Site(page).send("Zet de tweede stap aan", /\/account\?codes=/);
    await expect(page.locator(".code-list > li")).toHaveCount(8);
    return own().who.name;
  }
  const { who } = own();
  await signInWithMail(page, who.email, /\/aanmelden\/tweede-stap/);
  const outbox = new OutboxPage(page);
  await outbox.open();
  const code = await outbox.secondFactorCode(who.email);
  await open(page, "/aanmelden/tweede-stap");
  await page.locator("#code").fill(code);
  await new Site(page).send("Aanmelden", /\?melding=aangemeld/);
  await expect(new Site(page).toast).toContainText("Fijn dat je er bent.");
  return who.name;
}

/** An area that the connector of this project looks after. */
const area = () => own().area;

test("A resident reads, signs in and writes; a connector corrects; the neighbours see nothing of it", { tag: ["@both", "@story"] }, async ({
  page,
  another,
  problems,
}) => {
  test.slow();
  // The other community answers "not here", and the browser says so on its console.
  problems.expect(/status of 40[14]/);
  const resident = await join({ name: "Nienke Nieuw" });
  const title = unique("De heg op het Lindepleni is gesnoeid");

  await test.step("reads a post", async () => {
    await open(page, "/");
    await expect(page.locator("header .logo__name")).toHaveText("HalloRietvoorde");
    const first = page.locator("main .post-card__title a").first();
    const name = await first.innerText();
    await follow(page, first, ONE_POST);
    await expect(new Site(page).heading).toHaveText(name);
    await expect(new PostPage(page).text).toBeVisible();
    await expect(new PostPage(page).handle("title")).toHaveCount(0);
  });

  await test.step("is asked to sign in before writing, and does", async () => {
    await open(page, "/berichten/nieuw");
    await expect(new Site(page).heading).toHaveText("Meld je eerst aan");
    await follow(page, page.locator("main").getByRole("link", { name: "Aanmelden" }), /\/aanmelden\?terug=/);
    await signInWithMail(page, resident.email, /\/berichten\/nieuw\?melding=aangemeld/);
  });

  let post = "";
  await test.step("writes a piece of news", async () => {
    const write = new WritePage(page);
    await write.write({
      title,
      body: "De **heg** is gesnoeid. Dank aan alle buren die hielpen!",
      area: area(),
      topic: "groen",
    });
    await write.publish();
    await expect(write.toast).toContainText("Je bericht staat erop. Mooi!");
    await expect(write.heading).toHaveText(title);
    await expect(new PostPage(page).text.locator("strong")).toHaveText("heg");
    post = new URL(page.url()).pathname;
    const list = new ListPage(page);
    await list.open(`?gebied=${area()}`);
    await expect(list.card(title)).toBeVisible();
  });

  const better = title.replace("Lindepleni", "Lindeplein");
  const connectors = await another();
  await test.step("a connector corrects the title in place", async () => {
    const name = await signInAsConnector(connectors);
    const shown = new PostPage(connectors);
    await shown.open(post);
    await shown.edit("title");
    await expect(shown.control("title")).toHaveValue(title);
    await shown.control("title").fill(better);
    await connectors.locator("#deel-reden").fill("Tikfout");
    await shown.save();
    await expect(shown.toast).toContainText("Bewaard.");
    await expect(shown.heading).toHaveText(better);
    await shown.openHistory();
    const history = new HistoryPage(connectors);
    await expect(history.versions).toHaveCount(2);
    await expect(history.versions.first()).toContainText(name);
    await expect(history.versions.first()).toContainText("veranderde: Titel");
    await expect(history.versions.first()).toContainText("Reden: Tikfout");
    await expect(history.added).toContainText("Lindeplein");
    await expect(history.removed).toContainText("Lindepleni");
  });

  await test.step("the resident sees the correction, and the connector can take it back", async () => {
    const shown = new PostPage(page);
    await shown.open(post);
    await expect(shown.heading).toHaveText(better);
    const history = new HistoryPage(connectors);
    await history.restore(1);
    await expect(history.heading).toHaveText(title);
    await shown.open(post);
    await expect(shown.heading).toHaveText(title);
    await history.open(post);
    await expect(history.versions).toHaveCount(3);
  });

  await test.step("the other community sees nothing of it", async () => {
    const there = baseUrl(communities.veenzicht);
    for (const path of ["/", "/berichten"]) {
      await open(page, `${there}${path}`);
      await expect(page.locator("header .logo__name")).toHaveText("PuurVeenzicht");
      await expect(page.getByText(title)).toHaveCount(0);
    }
    const answer = await page.goto(`${there}${post}`);
    await ready(page);
    expect(answer?.status()).toBe(404);
    await expect(new Site(page).heading).toHaveText("Deze pagina is er niet");
    await expect(page.getByText(title)).toHaveCount(0);
    const account = await page.goto(`${there}/account`);
    await ready(page);
    expect(account?.status(), "the session of here is nothing there").toBe(401);
  });

  await test.step("and takes no session from here, even when it is handed over", async () => {
    const stranger = new Visitor(someNetwork(), communities.veenzicht);
    for (const { name, value } of await page.context().cookies(baseUrl(communities.rietvoorde))) stranger.keep({ name, value });
    expect(stranger.cookies.map(({ name }) => name)).toContain("__Host-noaber");
    expect((await stranger.get("/account")).status).toBe(401);
    expect((await stranger.get(post)).status).toBe(404);
    expect(plain((await stranger.get("/berichten/feed")).text)).not.toContain(title);
  });
});
