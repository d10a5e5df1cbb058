// The desk of connectors: several posts at once, and proposals.
import { publish, unique } from "../pages/people.ts";
import { Site, follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("A connector gives several posts a topic, and is told what was done", both, async ({ resident, connectorPage: page }) => {
  const titles = [unique("Bladeren"), unique("Takken")];
  for (const title of titles) await publish(resident, { title, areas: ["lindenhoek"] });
  const site = new Site(page);
  await open(page, "/beheer/berichten?gebied=lindenhoek");
  await expect(site.heading).toHaveText("Berichten beheren");
  for (const title of titles) await page.getByRole("checkbox", { name: title }).check();
  await page.getByRole("radio", { name: "Zet dit thema erbij" }).check();
  await page.locator("#thema-nieuw").selectOption("groen");
  await site.send("Doe het", /flash=/);
  await expect(site.main).toContainText("2 van de 2 berichten aangepast.");
  await open(page, "/beheer/berichten?gebied=lindenhoek&thema=groen");
  for (const title of titles) await expect(page.getByRole("checkbox", { name: title })).toBeVisible();
});

test("Without a choice nothing happens, and what is missing is said", both, async ({ resident, connectorPage: page }) => {
  const title = unique("Alleen aangevinkt");
  await publish(resident, { title, areas: ["lindenhoek"] });
  const site = new Site(page);
  await open(page, "/beheer/berichten?gebied=lindenhoek");
  await page.getByRole("checkbox", { name: title }).check();
  await site.send("Doe het", /flash=/);
  await expect(site.problems).toBeVisible();
  await expect(page.getByRole("checkbox", { name: title })).toBeChecked();
});

test("The account leads to what is one's own, and a connector's to the desks", both, async ({ residentPage, connectorPage: page }) => {
  const own = (who: typeof page) => new Site(who).main.getByRole("navigation", { name: "Van jou" }).getByRole("link");
  const desks = (who: typeof page) => new Site(who).main.getByRole("navigation", { name: "Beheer" });
  await open(residentPage, "/account");
  await expect(own(residentPage)).toHaveText(["Mijn agenda", "Reacties voor jou", "Mijn concepten", "Besluiten over mijn berichten"]);
  await expect(desks(residentPage)).toHaveCount(0);
  await follow(residentPage, own(residentPage).nth(1), /\/account\/reacties$/);
  await expect(new Site(residentPage).heading).toHaveText("Reacties voor jou");

  await open(page, "/account");
  await expect(desks(page).getByRole("link")).toHaveCount(3);
  await follow(page, desks(page).getByRole("link", { name: "Voorstellen" }), /\/beheer\/voorstellen$/);
  await expect(new Site(page).heading).toHaveText("Voorstellen");
});

test("The desks lead to each other, and only connectors see them", async ({ residentPage, connectorPage: page, problems }) => {
  problems.expect(/status of 403/);
  const site = new Site(page);
  await open(page, "/beheer/meldingen");
  await follow(page, site.main.getByRole("link", { name: "Voorstellen" }), /\/beheer\/voorstellen/);
  await expect(site.heading).toHaveText("Voorstellen");
  await follow(page, site.main.getByRole("link", { name: "Berichten beheren" }), /\/beheer\/berichten/);
  for (const path of ["/beheer/voorstellen", "/beheer/berichten"]) {
    await open(residentPage, path);
    await expect(new Site(residentPage).main).toContainText("Met jouw account kun je dit niet zien");
  }
});
