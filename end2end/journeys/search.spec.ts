// Searching: endings and typing errors are forgiven, and who finds nothing is not left alone.
import { Conversation } from "../pages/comments.ts";
import { publish, unique } from "../pages/people.ts";
import { SearchPage } from "../pages/search.ts";
import { follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("The header leads to a search that forgives endings and errors, and to the post", both, async ({ page }) => {
  await open(page, "/");
  await follow(page, page.locator(".site-header").getByRole("link", { name: "Zoeken" }), /\/zoeken$/);
  const search = new SearchPage(page);
  await search.search("stekjeskasten");
  await expect(search.results.first()).toContainText("De stekjeskast staat!");
  await expect(search.results.first().locator("mark").first()).toHaveText("stekjeskast");

  await search.search("stekjeskst");
  await expect(search.main).toContainText("We zochten op “stekjeskast”");
  await follow(page, search.results.first().getByRole("link"), /\/berichten\/[0-9a-f-]{36}$/);
  await expect(page.locator("h1")).toHaveText("De stekjeskast staat!");
});

test("Choices narrow a search, stay with the next question, and can be taken back", both, async ({ page, resident }) => {
  const word = unique("zoekwoord").replace(/[^a-z0-9]/gi, "").toLowerCase();
  await publish(resident, { title: `Nieuws met ${word}`, kind: "news", areas: ["merelstraat"] });
  await publish(resident, { title: `Verhaal met ${word}`, kind: "story", areas: ["oude-dorp"] });
  const search = new SearchPage(page);
  await search.openFor(word);
  await expect(search.results).toHaveCount(2);
  await search.choose("Soort", /Verhaal/);
  await expect(search.results).toHaveCount(1);
  await expect(search.chosen).toHaveText([/Verhaal/]);
  await search.search("xylofoonkwartet");
  await expect(search.chosen).toHaveText([/Verhaal/]);
  await search.search(word);
  await follow(page, search.chosen, (url) => !url.searchParams.get("soort"));
  await expect(search.results).toHaveCount(2);
});

test("Who finds nothing can ask somebody", both, async ({ page }) => {
  const search = new SearchPage(page);
  await search.openFor("xylofoonkwartet");
  await expect(search.main).toContainText("Niets gevonden voor “xylofoonkwartet”");
  await expect(search.main.getByRole("link", { name: /^Bel / })).toHaveAttribute("href", /^tel:/);
});

test("Suggestions come while typing and are chosen with the keyboard alone", async ({ page }) => {
  const search = new SearchPage(page);
  await search.openFor();
  await search.field.focus();
  await page.keyboard.type("stekjesk");
  await expect(search.field).toHaveAttribute("aria-expanded", "true");
  await expect(search.suggestions.first()).toHaveText("De stekjeskast staat!");
  await expect(page.getByRole("status").filter({ hasText: /suggesties/ })).toBeAttached();

  await page.keyboard.press("Escape");
  await expect(search.field).toHaveAttribute("aria-expanded", "false");
  await expect(search.field, "Escape closes the list and keeps what was typed").toHaveValue("stekjesk");
  await page.keyboard.press("ArrowDown");
  await expect(search.suggestions.first()).toHaveAttribute("aria-selected", "true");
  await expect(search.field).toHaveAttribute("aria-activedescendant", "suggestie-0");
  await page.keyboard.press("ArrowUp");
  await expect(search.field, "above the first is the field itself").not.toHaveAttribute("aria-activedescendant", /./);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/berichten\/[0-9a-f-]{36}$/);
});

test("Enter without a choice searches for what was typed", async ({ page }) => {
  const search = new SearchPage(page);
  await search.openFor();
  await search.field.focus();
  await page.keyboard.type("stekjesk");
  await expect(search.suggestions.first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/zoeken\?q=stekjesk$/);
});

test("What only a comment says is found too, and leads to it", both, async ({ page, residentPage, resident }) => {
  const word = unique("zoekwoord").replace(/[^a-z0-9]/gi, "").toLowerCase();
  const post = await publish(resident, { title: unique("Waar vind ik een fietspomp") });
  const talk = new Conversation(residentPage);
  await talk.openUnder(post);
  await talk.say(`Bij het schuurtje, vraag naar ${word}.`);
  const search = new SearchPage(page);
  await search.openFor(word);
  await expect(search.main.getByRole("heading", { name: "Dit staat in reacties" })).toBeVisible();
  await follow(page, search.main.getByRole("link", { name: "Alle reacties met deze woorden" }), /waar=reacties/);
  await expect(search.comments).toHaveCount(1);
  await expect(search.comments.locator("mark")).toHaveText(word);
  await follow(page, search.comments.getByRole("link"), /#reactie-/);
  await expect(page.locator(":target")).toContainText(word);
});
