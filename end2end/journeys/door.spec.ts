// Who organises something puts people on the list who phone or stand at the door.
import { PeoplePage } from "../pages/activities.ts";
import { plan, unique } from "../pages/people.ts";
import { follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("Somebody who phones gets a seat, the next one waits, and both can be changed and taken off", both, async ({ residentPage: page, resident }) => {
  const activity = await plan(resident, { title: unique("Eettafel"), seats: 2 });
  const people = new PeoplePage(page);
  await open(page, activity);
  await follow(page, people.main.getByRole("link", { name: "Deelnemers" }), /\/deelnemers/);
  await expect(people.main).toContainText("Iemand erbij zetten");
  await people.putOn("Opa Jan", "1");
  await expect(people.main).toContainText("Opa Jan heeft een plek.");
  await expect(people.person("Opa Jan")).toContainText("met 2 mensen");
  await expect(people.person("Opa Jan")).toContainText("geen mailadres");
  await people.putOn("Oma Jo");
  await expect(people.main).toContainText("Oma Jo staat op de wachtlijst.");

  // He comes alone after all: she has his other seat.
  await follow(page, people.person("Opa Jan").getByRole("link", { name: "Verander" }), /wie=/);
  await expect(page.locator("#naam")).toHaveValue("Opa Jan");
  await page.locator("#gasten").fill("");
  await people.send("Bewaar", /klaar=bewaard/);
  await expect(people.main).toContainText("Ingeschreven: 2 van 2");
  await follow(page, people.person("Oma Jo").getByRole("button", { name: "Is er" }), /#wie-/);
  await expect(people.person("Oma Jo")).toContainText("Aanwezig");
  await people.person("Opa Jan").locator("summary").click();
  await follow(page, people.person("Opa Jan").getByRole("button", { name: "Ja, haal van de lijst" }), (url) => url.hash === "");
  await expect(people.person("Opa Jan")).toHaveCount(0);
});

test("What is wrong with the form comes back open, with what was typed", both, async ({ residentPage: page, resident }) => {
  const activity = await plan(resident, { title: unique("Koken"), seats: 4 });
  const people = new PeoplePage(page);
  await open(page, `${activity}/deelnemers`);
  await page.locator("#erbij > summary").click();
  await page.locator("#naam").fill("Opa Jan");
  await page.locator("#email").fill("geen adres");
  await people.send("Zet op de lijst", /flash=/);
  await expect(people.problem("email")).toBeVisible();
  await expect(page.locator("#naam")).toHaveValue("Opa Jan");
});
