// Writing: nothing that somebody typed is ever lost.
import { lastMail, mailedCode, publish, unique } from "../pages/people.ts";
import { ListPage, PostPage, WritePage } from "../pages/posts.ts";
import { SignInPage, Site, follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("What is wrong is said beside each field, and everything typed is still there", both, async ({ residentPage: page }) => {
  const write = new WritePage(page);
  await write.open();
  await write.write({ title: "ab", body: "   ", kind: "story", area: "vogelflats", topic: "cultuur" });
  await page.locator("#tekening").selectOption("coffee");
  await page.locator("#tekening-uitleg-veld").fill("Twee kopjes op een tafel.");
  await write.tryToPublish();
  await expect(write.problem("titel")).toContainText("Dit is wat kort. Schrijf minstens 3 tekens.");
  await expect(write.problem("tekst")).toContainText("Vul dit nog in.");
  await expect(write.title).toHaveAttribute("aria-invalid", "true");
  await expect(write.title).toHaveAttribute("aria-describedby", /titel-fout/);
  await expect(write.problems.getByRole("listitem")).toHaveCount(2);
  await expect(write.problems.getByRole("link").first()).toHaveAttribute("href", "#titel");

  await expect(write.title).toHaveValue("ab");
  await expect(page.locator('input[name="draft[kind]"][value="story"]')).toBeChecked();
  await expect(page.locator('input[name="draft[areas][]"][value="vogelflats"]')).toBeChecked();
  await expect(page.locator("#thema")).toHaveValue("cultuur");
  await expect(page.locator("#tekening")).toHaveValue("coffee");
  await expect(page.locator("#tekening-uitleg-veld")).toHaveValue("Twee kopjes op een tafel.");

  const title = unique("Koffie in de hal");
  await write.title.fill(title);
  await write.body.fill("Elke dinsdag om tien uur.");
  await write.publish();
  await expect(write.heading).toHaveText(title);
  await expect(page.locator(".badge").first()).toHaveText("Verhaal");
  await expect(page.getByRole("img", { name: "Twee kopjes op een tafel." })).toBeVisible();
});

test("The list of what is wrong leads to the field", async ({ residentPage: page }) => {
  const write = new WritePage(page);
  await write.open();
  await write.write({ title: "Een goede titel", body: "" });
  await write.tryToPublish();
  await write.problems.getByRole("link").first().click();
  await expect(write.body).toBeFocused();
  await expect(write.title).toHaveValue("Een goede titel");
});

test("Whoever was signed off while writing gets the text back after signing in", both, async ({ residentPage: page, resident, visitor }) => {
  const write = new WritePage(page);
  const title = unique("Net op tijd bewaard");
  await write.open();
  await write.write({ title, body: "Dit mag niet weg zijn." });
  await resident.visitor.post("/api/account/sign-out", {});
  await write.send("Plaats bericht", /\/aanmelden\?terug=/);
  const signIn = new SignInPage(page);
  await signIn.askForCode(resident.email);
  await signIn.enterCode(await mailedCode(visitor, resident.email), /\/berichten\/nieuw\?(concept=[\w-]+&)?flash=/);
  await expect(write.title).toHaveValue(title);
  await expect(write.body).toHaveValue("Dit mag niet weg zijn.");
  await write.publish();
  await expect(write.heading).toHaveText(title);
});

test("What somebody types is kept on the server, and is there on another device", async ({ residentPage: page, resident, another }) => {
  const write = new WritePage(page);
  const title = unique("Half verhaal");
  await write.open();
  await write.write({ title, body: "Het begin staat er al.", area: "centrum" });
  await expect(page.getByText("Je tekst is bewaard.")).toBeVisible();

  const other = await another(resident);
  const there = new WritePage(other);
  await there.open();
  await expect(other.getByText("Je was al aan het schrijven. Je tekst staat er nog.")).toBeVisible();
  await expect(there.title).toHaveValue(title);
  await expect(there.body).toHaveValue("Het begin staat er al.");
  await expect(other.locator('input[name="draft[areas][]"][value="centrum"]')).toBeChecked();

  await there.send("Gooi deze tekst weg", /\/berichten\/nieuw\?melding=weggegooid/);
  await expect(there.title).toHaveValue("");
  await expect(other.getByText("Je was al aan het schrijven.")).toHaveCount(0);
});

test("A draft that was published is no draft any more", async ({ residentPage: page }) => {
  const write = new WritePage(page);
  await write.open();
  await write.write({ title: unique("Af is af"), body: "Klaar om te lezen." });
  await expect(page.getByText("Je tekst is bewaard.")).toBeVisible();
  await write.publish();
  await write.open();
  await expect(write.title).toHaveValue("");
  await expect(write.body).toHaveValue("");
});

test("Without a connection the text stays in the browser, and is there again", async ({ residentPage: page, problems }) => {
  problems.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch|net::ERR/);
  const write = new WritePage(page);
  const title = unique("In de tunnel");
  await write.open();
  await page.context().setOffline(true);
  await write.title.fill(title);
  await write.body.fill("Geschreven zonder bereik.");
  await expect(page.getByText("Geen verbinding. Je tekst is bewaard op dit apparaat.")).toBeVisible();
  await page.context().setOffline(false);
  await write.open();
  await expect(write.title).toHaveValue(title);
  await expect(write.body).toHaveValue("Geschreven zonder bereik.");
});

test("The buttons of the editor write Markdown, and the preview shows what becomes of it", async ({ residentPage: page }) => {
  const write = new WritePage(page);
  await write.open();
  await write.body.fill("belangrijk");
  await write.body.selectText();
  await page.getByRole("button", { name: "Vet" }).click();
  await expect(write.body).toHaveValue("**belangrijk**");
  await write.body.press("End");
  await write.body.pressSequentially("\n\n- melk\n- brood\n\n<script>alert(1)</script>");
  const eye = page.getByRole("button", { name: "Bekijk hoe het wordt" });
  await eye.click();
  const preview = page.locator(".editor__preview");
  await expect(preview.locator("strong")).toHaveText("belangrijk");
  await expect(preview.getByRole("listitem")).toHaveText(["melk", "brood"]);
  await expect(preview.locator("script")).toHaveCount(0);
  await expect(eye).toHaveAttribute("aria-pressed", "true");
  await eye.click();
  await expect(preview).toHaveCount(0);
});

test("Deleting asks nothing and can be undone", both, async ({ residentPage: page, resident, visitor }) => {
  const title = unique("Weg en weer terug");
  const post = await publish(resident, { title });
  await open(page, post);
  await new Site(page).send("Verwijder", /\/berichten\?melding=verwijderd/);
  const list = new ListPage(page);
  await expect(list.toast).toContainText("Het bericht is verwijderd.");
  await expect(list.card(title)).toHaveCount(0);
  expect((await visitor.get(post)).status, "nobody else sees it").toBe(404);
  expect((await visitor.get("/berichten")).text).not.toContain(title);

  await follow(page, list.toast.getByRole("button", { name: "Zet terug" }), /\/berichten\/[0-9a-f-]{36}\?melding=teruggezet/);
  await expect(new Site(page).heading).toHaveText(title);
  expect((await visitor.get(post)).status).toBe(200);
});

test("Whoever deleted a post finds it again at its own address", async ({ residentPage: page, resident, problems }) => {
  problems.expect(/status of 410/);
  const title = unique("Toch nog even");
  const post = await publish(resident, { title });
  await open(page, post);
  await new Site(page).send("Verwijder", /melding=verwijderd/);
  const answer = await open(page, post);
  expect(answer?.status()).toBe(410);
  await expect(page.locator(".notice--warning")).toContainText("Dit bericht is verwijderd.");
  await new Site(page).send("Zet terug", /melding=teruggezet/);
  await expect(page.locator(".notice--warning")).toHaveCount(0);
});

test("Every part opens in place, is saved, and closes without a trace when it is left", both, async ({ residentPage: page, resident }) => {
  const title = unique("Van alles te veranderen");
  const post = await publish(resident, { title, body: "Oude tekst.", areas: ["centrum"], topic: "wonen" });
  const shown = new PostPage(page);
  await shown.open(post);

  await shown.edit("body");
  await shown.control("body").fill("Dit komt er niet te staan.");
  await follow(page, shown.form.getByRole("link", { name: "Annuleer" }), (url) => url.pathname === post && !url.search);
  await expect(shown.form).toHaveCount(0);
  await expect(shown.text).toHaveText("Oude tekst.");

  await shown.edit("body");
  await expect(shown.control("body")).toHaveValue("Oude tekst.");
  await shown.control("body").fill("Nieuwe **tekst**.");
  await shown.save();
  await expect(shown.text.locator("strong")).toHaveText("tekst");

  await shown.edit("title");
  await shown.control("title").fill(`${title}!`);
  await shown.save();
  await expect(shown.heading).toHaveText(`${title}!`);

  await shown.edit("areas");
  await page.locator('input[name="edit[areas][]"][value="centrum"]').uncheck();
  await page.locator('input[name="edit[areas][]"][value="vogelflats"]').check();
  await shown.save();
  await expect(page.locator("dl.facts").first()).toContainText("Vogelflats");
  await expect(page.locator("dl.facts").first()).not.toContainText("Centrum");

  await shown.edit("areas");
  await page.locator('input[name="edit[areas][]"][value="vogelflats"]').uncheck();
  await shown.save();
  await expect(page.locator("dl.facts").first()).toContainText("Overal");

  await shown.edit("topic");
  await shown.control("topic").selectOption("jeugd");
  await shown.save();
  await expect(page.locator("dl.facts").last()).toContainText("Jeugd");

  await shown.edit("topic");
  await shown.control("topic").selectOption("");
  await shown.save();
  await expect(page.locator("dl.facts").last()).toContainText("Geen thema");

  await shown.edit("topic");
  await shown.save(/\?melding=ongewijzigd/);
  await expect(shown.toast).toContainText("Er is niets veranderd.");
});

test("A part that cannot be saved stays open with what was typed", both, async ({ residentPage: page, resident, problems }) => {
  // The browser itself notes on the console that the server refused.
  problems.expect(/status of 422/);
  const post = await publish(resident, { title: unique("Moet een titel houden") });
  const shown = new PostPage(page);
  await shown.open(post);
  await shown.edit("title");
  await shown.control("title").fill("x");
  await page.locator("#deel-reden").fill("Korter is beter");
  await shown.form.getByRole("button", { name: "Bewaar" }).click();
  await expect(shown.problem("deel-titel")).toContainText("Dit is wat kort. Schrijf minstens 3 tekens.");
  await expect(shown.control("title")).toHaveValue("x");
  await expect(page.locator("#deel-reden")).toHaveValue("Korter is beter");
  await shown.control("title").fill("");
  await shown.form.getByRole("button", { name: "Bewaar" }).click();
  await expect(shown.problem("deel-titel")).toContainText("Vul dit nog in.");
  await expect(shown.control("title")).toHaveValue("");
  await shown.control("title").fill("Wel lang genoeg");
  await shown.save();
  await expect(shown.heading).toHaveText("Wel lang genoeg");
});

test("Only the author and connectors see the pencils, and an address does not open them either", both, async ({ page, resident, connectorPage }) => {
  const post = await publish(resident);
  const shown = new PostPage(page);
  await shown.open(`${post}?bewerk=titel`);
  await expect(shown.form).toHaveCount(0);
  await expect(page.locator(".edit-handle")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Verwijder" })).toHaveCount(0);
  const theirs = new PostPage(connectorPage);
  await theirs.open(post);
  await expect(connectorPage.locator(".edit-handle")).toHaveCount(4);
});

test("A connector writes for somebody who is not online, with their consent", both, async ({ connectorPage: page }) => {
  const write = new WritePage(page);
  const title = unique("Mevrouw Smit vertelt");
  await write.open();
  await page.getByText("Schrijf je voor iemand anders?").click();
  await write.write({ title, body: "Vroeger stond hier een bakker.", kind: "story" });
  await page.locator("#namens").fill("Mevrouw Smit");
  await write.tryToPublish();
  await expect(write.problem("toestemming")).toContainText("Zet hier een vinkje.");
  await expect(page.locator("#namens")).toHaveValue("Mevrouw Smit");
  await page.getByLabel("Deze persoon vindt het goed dat ik dit plaats").check();
  await write.publish();
  await expect(page.locator(".post__byline")).toContainText("Mevrouw Smit (via Willem Brouwer)");
});

test("A resident finds no form for others, and cannot send one", async ({ residentPage: page, resident }) => {
  await open(page, "/berichten/nieuw");
  await expect(page.locator("#namens")).toHaveCount(0);
  const answer = await resident.visitor.post("/api/posts/create", {
    "draft[title]": unique("Namens niemand"),
    "draft[body]": "Dit is niet van mij.",
    "draft[kind]": "news",
    "draft[on_behalf_of]": "De burgemeester",
    "draft[consent]": "true",
  });
  expect(answer.headers.location).toContain("flash=");
});

test("Two clicks on the button make one post", async ({ resident, visitor }) => {
  const draft = { title: unique("Eén keer is genoeg"), body: "Dubbel geklikt." };
  const [one, two] = await Promise.all([publish(resident, draft), publish(resident, draft)]);
  expect(two).toBe(one);
  const list = (await visitor.get("/berichten")).text;
  expect(list.split(`>${draft.title}<`)).toHaveLength(2);
});

test("Anyone can report a post; the receipt says so", both, async ({ page, resident, visitor }) => {
  const post = await publish(resident);
  const email = `melder-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.org`;
  await open(page, post);
  await follow(page, page.getByRole("link", { name: "Meld dit bericht" }), /\/melden\?over=/);
  await expect(page.locator("#pagina")).toHaveValue(post);
  await page.locator("#melding").fill("kort");
  await page.locator("#email").fill(email);
  await new Site(page).send("Verstuur melding", /\/melden\?flash=/);
  await expect(new Site(page).problem("melding")).toContainText("Schrijf minstens 10 tekens.");
  await expect(page.locator("#email")).toHaveValue(email);
  await page.locator("#melding").fill("Dit staat op de verkeerde plek, het gaat over een andere buurt.");
  await new Site(page).send("Verstuur melding", /\/berichten\/[0-9a-f-]+\?melding=gemeld/);
  await expect(new Site(page).toast).toContainText("Dank je wel. Je melding is binnen.");
  expect(await lastMail(visitor, email)).toContain("We hebben je melding ontvangen");
});

test("A post says what search engines and other programs need", async ({ page, resident, visitor }) => {
  const title = unique('Aanhaling "en" </script> haakjes');
  const post = await publish(resident, { title, body: "Een korte tekst over de straat.", areas: ["centrum"] });
  await open(page, post);
  await expect(page).toHaveTitle(`${title} · HalloRietvoorde`);
  const meta = (name: string) => page.locator(`meta[name="${name}"], meta[property="${name}"]`);
  await expect(meta("description")).toHaveAttribute("content", "Een korte tekst over de straat.");
  await expect(meta("og:title")).toHaveAttribute("content", title);
  await expect(meta("og:url")).toHaveAttribute("content", `${visitor.base}${post}`);
  await expect(meta("og:image")).toHaveAttribute("content", `${visitor.base}${post}/kaart.png`);
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", `${visitor.base}${post}`);
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "{}");
  expect(data).toMatchObject({ "@type": "Article", headline: title, mainEntityOfPage: `${visitor.base}${post}` });
});
