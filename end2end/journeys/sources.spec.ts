// The calendar of an organisation: taken over from a file, with what could not be read, and let go of again.
import { inDays, unique } from "../pages/people.ts";
import { Site, follow } from "../pages/site.ts";
import { SourcePage, calendarFile } from "../pages/sources.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("A connector takes over the calendar of a club, everybody reads it, and nobody changes it here", both, async ({ connectorPage: page, page: stranger, problems }) => {
  // What was let go of is gone, and says so.
  problems.expect(/status of 410/);
  const [club, first, second] = [unique("Schaakclub"), unique("Clubavond"), unique("Toernooi")];
  const source = new SourcePage(page);
  await open(page, "/agenda");
  await follow(page, source.main.getByRole("link", { name: "Neem de agenda van een organisatie over" }), /\/agenda\/bronnen$/);
  await source.followFile(club, [first]);
  await expect(source.main).toContainText("1 in de agenda");
  await expect(source.main.locator(".source-skips")).toContainText("Zonder datum");

  const day = `/agenda?weergave=dag&dag=${inDays(7)}`;
  const theirs = new Site(stranger);
  await open(stranger, day);
  await expect(theirs.main.getByRole("link", { name: "Neem de agenda van een organisatie over" })).toHaveCount(0);
  await follow(stranger, theirs.main.getByRole("link", { name: first }), /\/activiteiten\//);
  await expect(theirs.main).toContainText(`uit de agenda van ${club}`);
  const activity = new URL(stranger.url()).pathname;
  const address = page.url().split("?")[0] ?? "";
  await open(page, activity);
  await expect(source.main.getByRole("link", { name: "Verander de activiteit" })).toHaveCount(0);

  // A newer file takes its place.
  await open(page, address);
  await page.locator("#bestand").setInputFiles(calendarFile([`${first} in de kantine`, second]));
  await source.send("Stuur dit bestand", /gedaan=gelezen/);
  await expect(source.main).toContainText("2 in de agenda");
  await open(stranger, day);
  await expect(theirs.main.getByRole("link", { name: `${first} in de kantine` })).toHaveAttribute("href", activity);
  await expect(theirs.main).toContainText(second);

  // Let go of, and brought back.
  await source.send("Stop met deze agenda", (url) => url.search === "");
  await expect(source.main).toContainText("niet meer over");
  await open(stranger, day);
  await expect(theirs.main).not.toContainText(second);
  await source.send("Zet terug", /gedaan=terug/);
  await open(stranger, day);
  await expect(theirs.main).toContainText(second);
});

test("A calendar gets another name, place and cost, and so do its activities", both, async ({ connectorPage: page, page: stranger }) => {
  const [club, renamed, evening] = [unique("Toneelclub"), unique("Toneelvereniging"), unique("Repetitie")];
  const source = new SourcePage(page);
  await source.followFile(club, [evening]);
  const address = page.url().split("?")[0] ?? "";
  await open(page, address);
  await source.change();
  await expect(page.locator("#naam")).toHaveValue(club);
  await page.locator("#naam").fill("");
  await page.locator("#kosten").fill("3 euro");
  await source.send("Bewaar", /flash=/);
  await expect(source.problem("naam")).toBeVisible();
  await expect(page.locator("#kosten"), "nothing that was typed is lost").toHaveValue("3 euro");

  await page.locator("#naam").fill(renamed);
  await page.locator("input[name=\"draft[areas][]\"][value=vogelflats]").check();
  await source.send("Bewaar", /gedaan=anders/);
  await expect(source.heading).toHaveText(renamed);
  await open(stranger, `/agenda?weergave=dag&dag=${inDays(7)}&gebied=vogelflats`);
  const theirs = new Site(stranger);
  await follow(stranger, theirs.main.getByRole("link", { name: evening }), /\/activiteiten\//);
  await expect(theirs.main).toContainText(`uit de agenda van ${renamed}`);
  await expect(theirs.main).toContainText("3 euro");
});

test("An address that cannot be read is said kindly, and what was typed stays", both, async ({ connectorPage: page }) => {
  const source = new SourcePage(page);
  const club = unique("Binnen");
  await source.tryAddress(club, "https://127.0.0.1/agenda.ics");
  await expect(source.main).toContainText("niet voor iedereen op internet te bereiken");
  await expect(page.locator("#naam")).toHaveValue(club);
  await expect(page.locator("#adres")).toHaveValue("https://127.0.0.1/agenda.ics");
  await source.tryAddress("", "");
  await expect(source.problem("naam")).toBeVisible();
  await expect(source.problem("adres")).toBeVisible();
});
