// axe has nothing to say about any page, in any state, in any colour; html-validate neither.
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { accessibilityProblems, colourProblems, htmlProblems } from "../fixtures.ts";
import { connector, inDays, join, onward, plan, publish, registrationLink, save, saveActivity, unique } from "../pages/people.ts";
import type { Person } from "../pages/people.ts";
import { AlbumPage } from "../pages/photos.ts";
import { follow } from "../pages/site.ts";
import { SourcePage } from "../pages/sources.ts";
import { baseUrl, communities, expect, open, ready, test } from "../pages/test.ts";

/** What a reader can choose, and what the device says; the colours of each are checked on every page. */
interface Display {
  scheme: "auto" | "dark" | "contrast";
  device: "light" | "dark";
}
const LIGHT: Display = { scheme: "auto", device: "light" };
const DISPLAYS: Display[] = [
  { scheme: "dark", device: "light" },
  { scheme: "contrast", device: "light" },
  { scheme: "contrast", device: "dark" },
];
const EVERYONE = ["/", "/agenda", "/agenda?weergave=week", "/agenda?weergave=maand", "/agenda?weergave=kaart", "/agenda?weergave=weekend&gratis=ja&kinderen=ja", "/berichten", "/over", "/huisregels", "/privacy", "/toegankelijkheid", "/melden", "/moderatie", "/insluiten?soort=verhaal", "/zoeken", "/zoeken?q=koffie", "/zoeken?q=xylofoonkwartet"];
const STRANGERS = ["/aanmelden", "/aanmelden/code?c=0198c0de-0000-7000-8000-000000000000", "/aanmelden/link/verlopen", "/lid-worden", "/aanmelden/tweede-stap"];
const LISTS = ["/berichten?thema=groen&soort=nieuws", "/berichten?soort=in-memoriam&thema=digitaal&gebied=akkerweg"];
const REFUSED = ["/account", "/agenda/bronnen", "/account/bezwaar", "/beheer/meldingen", "/melding/verlopen", "/berichten/nieuw", "/bestaat-niet", "/berichten?gebied=atlantis"];

/** As the server writes it for a reader who chose this display (preferences.spec.ts proves that it does). */
async function show(page: Page, { scheme, device }: Display): Promise<void> {
  await page.emulateMedia({ colorScheme: device });
  await page.locator("html").evaluate((html, chosen) => html.setAttribute("data-scheme", chosen), scheme);
}

/** Everything axe knows in the light display, and the colours in each of the others. Soft, so that one run tells about every page. */
async function expectAccessible(page: Page, where: string): Promise<void> {
  expect.soft((await accessibilityProblems(page)).join("\n"), `accessibility of ${where}`).toBe("");
  // The colours of a phone are those of a desktop; what only phones have is looked at once, below.
  if (test.info().project.name === "phone") return;
  await expectColours(page, where);
}

async function expectColours(page: Page, where: string): Promise<void> {
  for (const display of DISPLAYS) {
    await show(page, display);
    expect.soft((await colourProblems(page)).join("\n"), `colours of ${where}, ${display.scheme} on a ${display.device} device`).toBe("");
  }
  await show(page, LIGHT);
}

async function check(page: Page, address: string): Promise<void> {
  await open(page, address);
  await expectAccessible(page, address);
}

/** A post with all there is to see, changed once. */
async function richPost(author: Person): Promise<string> {
  const body = "## Een kopje\n\nTekst met **nadruk** en een [link](https://example.org).\n\n- een\n- twee\n\n> citaat\n\n`code`";
  const post = await publish(author, { title: unique("Alles erop"), body, topic: "groen", areas: ["centrum"] });
  await save(author, post, 1, { title: unique("Alles erop en eraan") });
  return post;
}

for (const [name, host] of Object.entries(communities)) {
  const paths = [...EVERYONE, ...STRANGERS, ...REFUSED, "/demo/outbox"];
  if (host === communities.rietvoorde) paths.push(...LISTS);
  for (const path of paths) {
    test(`Accessible to everyone: ${name}${path}`, async ({ page, problems }) => {
      problems.expect(/status of 40[14]/);
      await check(page, baseUrl(host) + path);
    });
  }

  test(`Every component is accessible: ${name}`, async ({ page }) => {
    test.slow();
    await check(page, `${baseUrl(host)}/stijl`);
  });

  test(`A post is accessible: ${name}`, async ({ page }) => {
    await open(page, `${baseUrl(host)}/berichten`);
    await follow(page, page.locator(".post-card h3 a").first(), /\/berichten\/[0-9a-f-]{36}/);
    await expect(page.locator("article.post")).toBeVisible();
    await expectAccessible(page, "a post");
  });
}

test("An activity is accessible, and so is every way to change it", async ({ residentPage: page, resident }) => {
  test.slow();
  const activity = await plan(resident, { repeat: "weekly" });
  for (const path of ["", "/bewerken", "/bewerken?wat=keer", "/bewerken?wat=alles", "/geschiedenis", "/poster"]) await check(page, activity + path);
});

test("Registering is accessible: the form, refused, one's own, and who comes", async ({ residentPage: page, resident, another, problems }) => {
  test.slow();
  problems.expect(/status of 404/);
  const activity = await plan(resident, { seats: 1 });
  const id = activity.split("/").pop() ?? "";
  const other = await join();
  const refused = await other.visitor.post("/api/activities/register", { id, at: `${inDays(7)}T10:00`, "draft[guests]": "9" });
  const theirs = await another(other);
  await check(theirs, `${activity}/inschrijven`);
  await check(theirs, refused.headers.location ?? "");
  onward(await other.visitor.post("/api/activities/register", { id, at: `${inDays(7)}T10:00`, "draft[answers][]": "Ja" }));
  await theirs.goto("/account/agenda");
  await theirs.getByRole("button", { name: "Maak een geheim adres" }).click();
  await expect(theirs.locator("#geheim-adres")).toBeVisible();
  await check(theirs, new URL(theirs.url()).pathname + new URL(theirs.url()).search);
  for (const path of [activity, `${activity}/inschrijven`, "/account/agenda"]) await check(theirs, path);
  await check(theirs, await registrationLink(other.visitor, other.email));
  for (const path of [activity, `${activity}/inschrijven`, `${activity}/deelnemers`]) await check(page, path);
  await page.locator("#erbij > summary").click();
  await expectAccessible(page, "the form for who phones");
  await check(page, "/inschrijving/onbekend");
});

test("The bar at the foot of a phone stands out in every display", async ({ page }) => {
  for (const host of Object.values(communities)) {
    await open(page, baseUrl(host));
    await expectColours(page, host);
  }
});

test("Pages for members are accessible", async ({ residentPage: page, resident }) => {
  test.slow();
  const post = await richPost(resident);
  for (const path of ["/", "/account", "/account/concepten", "/account/voorstellen", "/activiteiten/nieuw", "/activiteiten/eerste", "/berichten/nieuw", "/berichten/sjabloon/kies", "/berichten/sjabloon/verhaal", post, `${post}/geschiedenis`, `${post}/laatste-dag`, "/aanmelden/tweede-stap"]) {
    await check(page, path);
  }
});

test("A conversation is accessible, with a form open and refused", async ({ residentPage: page, resident }) => {
  test.slow();
  const post = await richPost(resident);
  const id = post.split("/").pop() ?? "";
  const said = await resident.visitor.post("/api/comments/create", { post: id, body: "Wat **leuk**!" });
  const comment = /#reactie-(.*)$/.exec(said.headers.location ?? "")?.[1] ?? "";
  await resident.visitor.post("/api/comments/create", { post: id, body: "En nog iets", reply_to: comment });
  const refused = await resident.visitor.post("/api/comments/create", { post: id, body: "" });
  const open = [post, `${post}?antwoord=${comment}`, `${post}?verander=${comment}`, refused.headers.location ?? ""];
  for (const path of [...open, "/account/reacties"]) await check(page, path);
});

test("Parts that are open for editing, and what comes after, are accessible", async ({ residentPage: page, resident }) => {
  test.slow();
  const post = await richPost(resident);
  for (const part of ["titel", "tekst", "gebied", "thema"]) await check(page, `${post}?bewerk=${part}`);
  for (const word of ["bewaard", "verwijderd"]) {
    await check(page, `/berichten?melding=${word}&bericht=${post.split("/").pop()}`);
  }
});

test("Photos in a form, in an album and large are accessible", async ({ residentPage: page, resident }) => {
  test.slow();
  const post = await publish(resident, { title: unique("Met foto's") });
  const album = new AlbumPage(page);
  await album.open(post);
  await album.photos.add(fileURLToPath(new URL("../../public/og.png", import.meta.url)));
  await expectAccessible(page, "an album with a photo that was just sent");
  await album.describe(1, "De bibliotheek");
  await album.save();
  for (const path of [post, `${post}/fotos`, `${post}/foto/1`]) await check(page, path);
});

test("A post and a sign-up that were refused are accessible", async ({ residentPage: page, resident }) => {
  const post = await resident.visitor.post("/api/posts/create", { "draft[title]": "x", "draft[body]": "" });
  await check(page, post.headers.location ?? "");
  const join = await resident.visitor.post("/api/members/join", { "draft[name]": "" });
  await check(page, join.headers.location ?? "");
});

test("The preview of the editor is accessible", async ({ residentPage: page }) => {
  await open(page, "/berichten/nieuw");
  await page.locator("#tekst").fill("**Zo** ziet het eruit");
  await page.getByRole("button", { name: "Bekijk hoe het wordt" }).click();
  await expect(page.locator(".editor__preview strong")).toBeVisible();
  await expectAccessible(page, "the preview");
});

test("Open menus are accessible", async ({ residentPage: page }) => {
  test.slow();
  await open(page, "/");
  for (const summary of await page.locator("header details.menu > summary:visible").all()) {
    await summary.click();
    await expectAccessible(page, "an open menu");
  }
});

test("The choice between two texts is accessible", async ({ residentPage: page, resident }) => {
  const post = await publish(resident, { body: "Eerste tekst." });
  await save(connector(), post, 1, { body: "Tekst van de ander." });
  const conflict = await save(resident, post, 1, { body: "Mijn tekst." });
  expect(conflict.headers.location).toContain("/samenvoegen?flash=");
  await check(page, conflict.headers.location ?? "");
});

test("The choice between two versions of an activity is accessible", async ({ residentPage: page, resident }) => {
  const activity = await plan(resident);
  await saveActivity(connector(), activity, 1, { title: unique("Van de ander"), body: "Tekst van de ander." });
  const conflict = await saveActivity(resident, activity, 1, { title: unique("Van mij"), body: "Mijn tekst.", place: "Zaal 2" });
  expect(conflict.headers.location).toContain("/samenvoegen?wat=alles");
  await check(page, conflict.headers.location ?? "");
});

test("A connector's pages are accessible", async ({ resident, another }) => {
  test.slow();
  const page = await another(connector());
  for (const path of [await richPost(resident), "/account", "/berichten/nieuw"]) await check(page, path);
});

test("Calendars of organisations are accessible, read and not", async ({ another, problems }) => {
  test.slow();
  problems.expect(/status of 410/);
  const page = await another(connector());
  const source = new SourcePage(page);
  await source.tryAddress("", "https://127.0.0.1/agenda.ics");
  await expectAccessible(page, "a calendar that was refused");
  await source.tryAddress(unique("Binnen"), "https://127.0.0.1/agenda.ics");
  await expectAccessible(page, "a calendar that could not be read");
  await source.followFile(unique("Toneelclub"), [unique("Repetitie")]);
  const address = page.url();
  for (const path of ["/agenda/bronnen", "/agenda/bronnen/nieuw", address]) await check(page, path);
  await open(page, address);
  await source.change();
  await expectAccessible(page, "a calendar that is changed");
  await page.locator("#naam").fill("");
  await source.send("Bewaar", /flash=/);
  await expectAccessible(page, "a change of a calendar that was refused");
  await open(page, address);
  await source.send("Stop met deze agenda", (url) => url.search === "");
  await expectAccessible(page, "a calendar that was let go of");
});

test("The other community's members have accessible pages too", async ({ page }) => {
  const host = communities.veenzicht;
  const neighbour = await join({ host, name: "Buur van Veenzicht" });
  await page.context().addCookies(
    neighbour.visitor.cookies.map(({ name, value }) => ({ name, value, domain: host, path: "/", secure: true, httpOnly: true })),
  );
  const post = await publish(neighbour, { title: unique("Aan de plas") });
  for (const path of ["/account", "/berichten/nieuw", `${post}?bewerk=tekst`]) await check(page, baseUrl(host) + path);
});

test("A device that asks for dark or for more contrast gets the same colours as a reader who chooses them", async ({ page }) => {
  await open(page, "/");
  const colours = () =>
    page.locator("body, header, .hero, .panel--deep, .card a, footer").evaluateAll((elements) =>
      elements.map((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        return `${color} on ${backgroundColor}`;
      }),
    );
  for (const asked of ["dark", "contrast"] as const) {
    await show(page, { scheme: asked, device: "light" });
    const chosen = await colours();
    await show(page, LIGHT);
    expect(await colours(), asked).not.toEqual(chosen);
    if (asked === "dark") await page.emulateMedia({ colorScheme: "dark" });
    else await page.emulateMedia({ contrast: "more" });
    expect(await colours(), asked).toEqual(chosen);
    await page.emulateMedia({ colorScheme: "light", contrast: "no-preference" });
  }
});

test("Nothing falls off a screen of 320 pixels, nor with text twice as large", async ({ residentPage: page, resident }) => {
  const post = await richPost(resident);
  const paths = ["/", "/berichten", post, `${post}?bewerk=tekst`, `${post}/geschiedenis`, "/berichten/nieuw", "/account", "/stijl", "/demo/outbox", "/over"];
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of paths) {
    await open(page, path);
    expect.soft(await wider(), `${path} at 320 pixels`).toBeLessThanOrEqual(0);
  }
  // Zooming to 200 % halves the pixels that a page has: 640 wide becomes 320. Larger text alone is asked too.
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const path of paths) {
    await open(page, path);
    const size = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setDeviceMetricsOverride", { width: 640, height: 450, deviceScaleFactor: 2, mobile: false });
    expect.soft(await wider(), `${path} at 200 % (base ${size})`).toBeLessThanOrEqual(0);
    await session.send("Emulation.clearDeviceMetricsOverride");
    await session.detach();
  }
});

test("Targets for thumbs are large enough", async ({ residentPage: page }) => {
  for (const path of ["/", "/berichten", "/berichten/nieuw", "/account"]) {
    await open(page, path);
    const small = await page.locator(".nl-button:visible, .bottom-nav a:visible, .menu > summary:visible, .utrecht-textbox:visible, .utrecht-select:visible, label.choice:visible").evaluateAll((elements) =>
      elements
        .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 90) }))
        .filter(({ box }) => box.height < 43.5)
        .map(({ box, html }) => `${Math.round(box.height)} high: ${html}`),
    );
    expect.soft(small, path).toEqual([]);
  }
});

test("The served HTML is valid", async ({ page, problems }) => {
  problems.expect(/status of 40[14]/);
  for (const host of Object.values(communities)) {
    for (const path of [...EVERYONE, ...STRANGERS, ...REFUSED, "/stijl", "/demo/outbox"]) {
      expect.soft(await htmlProblems(page, baseUrl(host) + path), `HTML of ${host}${path}`).toEqual([]);
    }
  }
});

test("The served HTML is valid for members too", async ({ residentPage: page, resident, problems }) => {
  problems.expect(/status of 40[14]/);
  const post = await richPost(resident);
  const refused = await resident.visitor.post("/api/posts/create", { "draft[title]": "x", "draft[body]": "" });
  const paths = ["/", "/account", "/berichten/nieuw", refused.headers.location ?? "", post, `${post}/geschiedenis`, "/aanmelden/tweede-stap"];
  for (const part of ["titel", "tekst", "gebied", "thema"]) paths.push(`${post}?bewerk=${part}`);
  for (const path of paths) expect.soft(await htmlProblems(page, path), `HTML of ${path}`).toEqual([]);
});

test("Motion is left out for whoever asks for that, and nothing blinks", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const path of ["/", "/stijl"]) {
    await open(page, path);
    await ready(page);
    const moving = await page.evaluate(() =>
      document.getAnimations().filter((animation) => {
        const timing = animation.effect?.getComputedTiming();
        return typeof timing?.duration === "number" && timing.duration > 10 && animation.playState === "running";
      }).length,
    );
    expect(moving, path).toBe(0);
  }
});

test("The moderators' desk is accessible", async ({ connectorPage: page }) => {
  test.slow();
  for (const part of ["open", "nieuw", "gevraagd", "bezwaar", "besloten", "afgerond"]) {
    await check(page, `/beheer/meldingen?deel=${part}`);
    const first = page.locator("main .case-list a").first();
    if ((await first.count()) > 0) {
      await follow(page, first, /\/beheer\/meldingen\/[0-9a-f-]{36}/);
      await expectAccessible(page, `a case (${part})`);
    }
  }
});
