// The agenda: something that comes back, with its dates before it is saved, one time that is not as the others, and the end.
import { inDays, plan, unique } from "../pages/people.ts";
import { Site, follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("A neighbour plans something for every week, sees the dates first, and cancels one", both, async ({ residentPage: page, another }) => {
  const mine = new Site(page);
  const title = unique("Breien in De Linde");
  await open(page, "/activiteiten/nieuw");
  await page.locator("#titel").fill(title);
  await page.locator("#tekst").fill("Neem je eigen wol mee.");
  await page.locator("#dag").fill(inDays(7));
  await page.locator("#van").fill("10:00");
  await page.locator("#tot").fill("12:00");
  await page.locator('input[name="draft[when][repeat]"][value="weekly"]').check();
  await mine.send("Laat de data zien", /flash=/);
  await expect(page.locator("#titel")).toHaveValue(title);
  await expect(mine.main.locator(".activity-preview__times li")).toHaveCount(10);
  await expect(mine.main.locator(".activity-preview__rule")).toContainText("van 10.00 tot 12.00 uur");
  // The second one is left out.
  await page.locator(".activity-preview__times input").nth(1).check();
  await mine.main.getByRole("button", { name: "Zet in de agenda" }).last().click();
  await page.waitForURL(/\/activiteiten\/[0-9a-f-]{36}\?melding=bewaard/);
  const activity = new URL(page.url()).pathname;
  await expect(mine.heading).toHaveText(title);
  await mine.send("Gaat niet door", /keer=.*melding=bewaard/);
  await expect(mine.main).toContainText("deze keer gaat niet door");

  // Everybody reads it.
  const stranger = await another();
  await open(stranger, `/agenda?weergave=dag&dag=${inDays(7)}`);
  const theirs = new Site(stranger);
  const line = theirs.main.locator(".agenda-item").filter({ hasText: title });
  await expect(line).toContainText("gaat niet door");
  await follow(stranger, line.getByRole("link", { name: title }), new RegExp(activity));
  await expect(theirs.main.getByRole("button", { name: /door$/ })).toHaveCount(0);
  await open(stranger, `/agenda?weergave=dag&dag=${inDays(14)}`);
  await expect(theirs.main).not.toContainText(title);
});

test("What a change does is said before, for one time, the following ones, and all", both, async ({ residentPage: page, resident, problems }) => {
  // What was taken away is gone, and says so.
  problems.expect(/status of 410/);
  const activity = await plan(resident, { title: unique("Wandelen"), repeat: "weekly" });
  const mine = new Site(page);
  await open(page, activity);
  await follow(page, mine.main.getByRole("link", { name: "Verander de activiteit" }), /\/bewerken\?keer=/);
  await expect(mine.main.locator(".activity-reach")).toHaveCount(2);
  await follow(page, mine.main.locator(".activity-reach").first(), /wat=keer/);
  // The places that the community knows are suggested.
  await expect(page.locator("#plek")).toHaveAttribute("list", "plekken");
  expect(await page.locator("#plekken option").evaluateAll((all) => all.map((one) => one.getAttribute("value")))).toContain("Buurthuis De Linde, Lindeplein 1");
  await page.locator("#noot").fill("Met de hond.");
  await mine.send("Bewaar", /melding=bewaard/);
  await expect(mine.main.locator(".activity-facts")).toContainText("Met de hond.");
  await mine.send("Verwijder", /melding=verwijderd/);
  await mine.send("Zet terug", /melding=teruggezet/);
  await expect(mine.main.locator(".activity-times li")).toHaveCount(10);
});

test("The header and the bar of a phone lead to the agenda, and its views have addresses", both, async ({ page }) => {
  await open(page, "/");
  await expect(page.locator(".agenda-soon")).toBeVisible();
  await follow(page, page.locator(".agenda-soon").getByRole("link", { name: "Hele agenda" }), /\/agenda$/);
  const site = new Site(page);
  await expect(site.heading).toHaveText("Agenda");
  await follow(page, site.main.getByRole("link", { name: "Maand" }), /weergave=maand/);
  await expect(site.main.locator(".agenda-month")).toBeVisible();
  await follow(page, site.main.getByRole("link", { name: "Later" }), /dag=/);
});
