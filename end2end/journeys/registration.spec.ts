// Registering for an activity: by mail without an account, as a member on the waiting list, and for who organises it.
import { plan, registrationLink, someAddress, unique } from "../pages/people.ts";
import { Site, follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("Somebody without an account registers, confirms from the mail, and cancels", both, async ({ page, resident }) => {
  const title = unique("Soep koken");
  const activity = await plan(resident, { title, seats: 3 });
  const site = new Site(page);
  await open(page, activity);
  await expect(site.main.locator(".registering")).toContainText("Nog 3 van de 3 plekken vrij.");
  await follow(page, site.main.getByRole("link", { name: "Schrijf je in" }), /\/inschrijven/);
  const email = someAddress();
  // What is wrong is beside its field, and nothing typed is lost.
  await page.locator("#naam").fill("Truus Visser");
  await page.locator("#email").fill("truus");
  await site.send("Schrijf je in", /flash=/);
  await expect(page.locator("#naam")).toHaveValue("Truus Visser");
  await expect(site.main.locator("#email-fout, .utrecht-form-field-error-message").first()).toBeVisible();
  await page.locator("#email").fill(email);
  await page.locator("#gasten").fill("1");
  await page.locator("#antwoord-1").fill("Liever niet");
  await site.send("Schrijf je in", /klaar=mail/);
  await expect(site.heading).toHaveText("Kijk nu in je mail");
  const link = await registrationLink(resident.visitor, email);
  await open(page, link);
  await site.send("Bevestig dat ik kom", /\/inschrijving\//);
  await expect(site.main).toContainText("Je bent ingeschreven.");
  await expect(site.main).toContainText(title);
  await open(page, activity);
  await expect(site.main.locator(".registering")).toContainText("Nog 1 van de 3 plekken vrij.");
  await open(page, link);
  await page.locator("#gasten").fill("");
  await site.send("Bewaar de verandering", /klaar=bewaard/);
  await expect(site.main).toContainText("Je verandering is bewaard.");
  await site.send("Zeg af", /\/inschrijving\//);
  await expect(site.main).toContainText("Je bent afgemeld.");
  await open(page, activity);
  await expect(site.main.locator(".registering")).toContainText("Nog 3 van de 3 plekken vrij.");
});

test("The last seat is one person's; the next one waits, and gets it when it comes free", both, async ({ residentPage: page, resident, another }) => {
  const activity = await plan(resident, { title: unique("Boottocht"), seats: 1 });
  const mine = new Site(page);
  const stranger = await another();
  const theirs = new Site(stranger);
  await open(page, activity);
  await follow(page, mine.main.getByRole("link", { name: "Schrijf je in" }), /\/inschrijven/);
  await mine.send("Schrijf je in", /\/inschrijven\?keer=/);
  await expect(mine.main).toContainText("Je bent ingeschreven.");
  // A neighbour without an account is next.
  await open(stranger, activity);
  await expect(theirs.main.locator(".registering")).toContainText("Alle plekken zijn bezet.");
  await follow(stranger, theirs.main.getByRole("link", { name: "Zet me op de wachtlijst" }), /\/inschrijven/);
  const email = someAddress();
  await stranger.locator("#naam").fill("Piet de Boer");
  await stranger.locator("#email").fill(email);
  await theirs.send("Zet me op de wachtlijst", /klaar=mail/);
  const link = await registrationLink(resident.visitor, email);
  await open(stranger, link);
  await theirs.send("Bevestig dat ik kom", /\/inschrijving\//);
  await expect(theirs.main).toContainText("Je nummer is 1.");
  // Who organises it sees both, and notes who is there.
  await open(page, activity);
  await follow(page, mine.main.getByRole("link", { name: "Deelnemers" }), /\/deelnemers/);
  await expect(mine.main.locator(".people__one")).toHaveCount(2);
  await mine.send("Is er", /\/deelnemers/);
  await expect(mine.main).toContainText("Aanwezig");
  await page.locator("#bericht").fill("Neem een trui mee.");
  await mine.send("Verstuur", /klaar=verstuurd/);
  await expect(mine.main).toContainText("Je bericht is onderweg.");
  await open(page, `${activity}/inschrijven`);
  await mine.send("Zeg af", /klaar=af/);
  await open(stranger, link);
  await expect(theirs.main).toContainText("Je bent ingeschreven.");
});
