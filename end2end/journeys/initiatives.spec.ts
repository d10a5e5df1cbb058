// An initiative: what it needs, who takes part, the team, and how it ends.
import { publish, unique } from "../pages/people.ts";
import { PostPage } from "../pages/posts.ts";
import { Site, follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("A neighbour begins something, others take part, and in the end they are thanked", both, async ({
  residentPage,
  resident,
  connectorPage,
}) => {
  const post = await publish(resident, { title: unique("Een bankje voor iedereen"), kind: "initiative" });
  const mine = new Site(residentPage);
  await new PostPage(residentPage).open(post);
  await follow(residentPage, mine.main.getByRole("link", { name: "Werk het plan bij" }), /\/meedoen\/team$/);

  // What is typed wrong comes back as it was.
  await residentPage.locator("#wens-wat").fill("planken");
  await residentPage.locator("#wens-aantal").fill("veel");
  await residentPage.locator('input[name="wish[kind]"][value="things"]').check();
  const need = residentPage.locator('form[action="/api/initiatives/need"]');
  await follow(residentPage, need.getByRole("button", { name: "Bewaar" }), /flash=/);
  await expect(mine.problem("wens-aantal")).toContainText("Vul dit nog in.");
  await expect(residentPage.locator("#wens-wat")).toHaveValue("planken");
  await residentPage.locator("#wens-aantal").fill("2");
  await follow(residentPage, need.getByRole("button", { name: "Bewaar" }), /melding=bewaard/);

  // Somebody else takes part.
  const theirs = new Site(connectorPage);
  await new PostPage(connectorPage).open(post);
  await expect(theirs.main.locator(".initiative")).toContainText("0 van 2");
  await follow(connectorPage, theirs.main.getByRole("link", { name: "Ik doe mee" }), /\/meedoen$/);
  await theirs.send("Dit doe ik", /melding=bewaard/);
  await expect(theirs.main).toContainText("Je doet mee");
  await expect(theirs.main).toContainText("1 van 2");
  await theirs.send("Vraag om in het team te komen", /melding=bewaard/);

  // Who began it says yes, tells how it goes, and ends it.
  await open(residentPage, `${post}/meedoen/team`);
  await expect(mine.main.locator(".people")).toContainText("Willem Brouwer");
  await mine.send("Ja, welkom in het team", /melding=bewaard/);
  await residentPage.locator("#nieuws").fill("Het bankje **staat**.");
  await follow(residentPage, mine.main.getByRole("button", { name: "Zet het erbij" }), /\/berichten\/[0-9a-f-]{36}\?melding=bewaard/);
  await expect(mine.main.locator(".updates strong")).toHaveText("staat");
  await open(residentPage, `${post}/meedoen/team`);
  await residentPage.locator('input[name="plan[stage]"][value="done"]').check();
  await residentPage.locator("#slot").fill("Dank aan Willem, die de planken bracht.");
  await mine.send("Bewaar het plan", /melding=bewaard/);

  // Everybody reads it; who took part is a number to strangers.
  await new PostPage(connectorPage).open(post);
  await expect(theirs.main.locator(".initiative")).toContainText("Gelukt");
  await expect(theirs.main.locator(".initiative")).toContainText("Dank aan Willem");
});

test("A stranger sees how many take part, not who, and is asked to sign in", both, async ({ page, resident, connectorPage }) => {
  const post = await publish(resident, { title: unique("Samen zingen"), kind: "initiative" });
  const theirs = new Site(connectorPage);
  await open(connectorPage, `${post}/meedoen`);
  await theirs.send("Ik doe mee", /melding=bewaard/);
  await open(page, `${post}/meedoen`);
  const site = new Site(page);
  await expect(site.main).toContainText("1 buur doet mee");
  await expect(site.main).not.toContainText("Willem Brouwer");
  await expect(site.main.getByRole("button", { name: "Ik doe mee" })).toHaveCount(0);
  await follow(page, site.main.getByRole("link", { name: "Aanmelden" }), /\/aanmelden\?terug=/);
  expect(new URL(page.url()).searchParams.get("terug")).toBe(`${post}/meedoen`);

  await theirs.send("Ik doe niet meer mee", /melding=bewaard/);
  await expect(theirs.main).toContainText("Er doet nog niemand mee");
});
