// Two people change the same activity at once: both versions are shown, and nothing that was typed is lost.
import { ActivityConflictPage } from "../pages/activities.ts";
import { connector, plan, saveActivity, unique } from "../pages/people.ts";
import { Site } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };
const CONFLICT = /\/samenvoegen\?wat=alles/;

test("Whoever saves an activity second chooses for each part, and combines the words", both, async ({ residentPage: page, resident }) => {
  const [title, theirs, mine] = [unique("Soep"), unique("Soep en brood"), unique("Soep met brood")];
  const activity = await plan(resident, { title });
  const site = new Site(page);
  await open(page, `${activity}/bewerken?wat=alles`);
  await saveActivity(connector(), activity, 1, { title: theirs, body: "Kom ook, met een kom.", place: "Zaal 2" });
  await page.locator("#titel").fill(mine);
  await page.locator("#tekst").fill("Kom ook, met een lepel.");
  await page.locator("#kosten").fill("2 euro");
  await site.send("Bewaar", CONFLICT);

  const conflict = new ActivityConflictPage(page);
  await expect(conflict.heading).toHaveText("Iemand anders was je net voor");
  await expect(conflict.main).toContainText("Willem Brouwer veranderde deze activiteit terwijl jij schreef.");
  const words = conflict.part("Tekst");
  await expect(words.locator(".diff ins").filter({ hasText: "lepel" })).toBeVisible();
  await expect(words.locator(".diff del").filter({ hasText: "kom" })).toBeVisible();
  await expect(words.locator("#tekst")).toHaveValue("Kom ook, met een lepel.");
  await words.locator("#tekst").fill("Kom ook, met een kom en een lepel.");
  // What only the other changed is chosen already; what is theirs needs no field.
  await expect(conflict.part("Waar").getByLabel("Versie van Willem Brouwer")).toBeChecked();
  await expect(conflict.part("Waar").locator("#plek")).toBeHidden();
  await conflict.part("Titel").getByLabel("Versie van Willem Brouwer").check();
  await expect(page.locator("#titel")).toBeHidden();
  await conflict.send("Bewaar mijn keuze", /melding=bewaard/);
  await expect(site.heading).toHaveText(theirs);
  for (const part of ["Kom ook, met een kom en een lepel.", "Zaal 2", "2 euro"]) {
    await expect(site.main).toContainText(part);
  }
});

test("Changes to different parts of an activity are both kept, without a question", async ({ residentPage: page, resident }) => {
  const [title, theirs] = [unique("Yoga"), unique("Yoga op het gras")];
  const activity = await plan(resident, { title });
  const site = new Site(page);
  await open(page, `${activity}/bewerken?wat=alles`);
  await saveActivity(connector(), activity, 1, { title: theirs });
  await page.locator("#kosten").fill("1 euro");
  await site.send("Bewaar", /melding=bewaard/);
  await expect(site.heading).toHaveText(theirs);
  await expect(site.main).toContainText("1 euro");
});
