// Fair moderation: a neighbour reports, a connector asks kindly, and what is removed is looked at again by somebody else.
import { CasePage, ObjectPage, QueuePage, ReportPage } from "../pages/moderation.ts";
import { connector, lastMail, publish, save, someAddress, unique } from "../pages/people.ts";
import { Site, follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";
import { Visitor, someNetwork } from "../pages/visitor.ts";

const both = { tag: "@both" };

async function linkIn(visitor: Visitor, email: string, pattern: RegExp): Promise<string> {
  const path = pattern.exec(await lastMail(visitor, email))?.[0];
  if (!path) throw new Error(`The mail to ${email} has no such link.`);
  return path;
}

test("A neighbour reports without an account; a connector asks kindly; the author changes it", both, async ({
  page,
  resident,
  visitor,
  connectorPage,
}) => {
  const title = unique("Wie past er op");
  const post = await publish(resident, { title, body: "Bel mijn buurvrouw: 06 12 34 56 78.", areas: ["lindenhoek"] });
  const email = someAddress();

  const report = new ReportPage(page);
  await report.openFor(post);
  await expect(report.main).toContainText(title);
  await report.fill({ category: "privacy", message: "Hier staat mijn telefoonnummer in.", email });
  await report.give();
  await expect(report.toast).toContainText("Je melding is binnen.");
  await follow(page, report.toast.getByRole("link", { name: "Volg je melding" }), /\/melding\//);
  await expect(report.main).toContainText("Een mens kijkt ernaar.");
  expect(await lastMail(visitor, email)).toContain("We hebben je melding ontvangen");

  const queue = new QueuePage(connectorPage);
  await queue.open();
  await queue.openCase(title);
  const desk = new CasePage(connectorPage);
  await expect(desk.main).toContainText("Hier staat mijn telefoonnummer in.");
  await desk.decide("ask", "Er staat een telefoonnummer in. Wil je het eruit halen?", { days: "7" });
  expect(await lastMail(visitor, resident.email)).toContain("Kun je je bericht aanpassen?");

  await save(resident, post, 1, { body: "Bel mij gerust." });
  await queue.open();
  await queue.openCase(title);
  await expect(connectorPage.locator(".diff del").first()).toBeVisible();
  await desk.decide("no_action", "Het nummer is eruit. Dank je wel!");
  expect(await lastMail(visitor, email)).toContain("We hebben je melding bekeken");
  await open(page, await linkIn(visitor, email, /\/melding\/[\w-]{43}/));
  await expect(report.main).toContainText("Het nummer is eruit.");
});

test("What is removed comes with reasons, and another connector decides about the objection", both, async ({
  residentPage: page,
  resident,
  visitor,
  connectorPage,
  another,
}) => {
  const title = unique("Bank te koop");
  const post = await publish(resident, { title, body: "Voor 100 euro. Bel maar.", areas: ["lindenhoek"] });
  await visitor.post("/api/reports/give", { "report[address]": post, "report[message]": "Dit hoort op de markt." });

  const queue = new QueuePage(connectorPage);
  await queue.open();
  await queue.openCase(title);
  const desk = new CasePage(connectorPage);
  await desk.decide("remove", "Verkopen doe je op een markt.", { rule: "5. Verkopen doe je op een markt." });
  expect((await new Visitor(someNetwork()).get(post)).status).toBe(404);

  await open(page, await linkIn(visitor, resident.email, /\/account\/bezwaar\/[0-9a-f-]{36}/));
  await expect(new Site(page).main).toContainText("Verkopen doe je op een markt.");
  await new ObjectPage(page).object("Ik geef de bank weg, ik schreef het verkeerd op.");

  await queue.open("bezwaar");
  await queue.openCase(title);
  await expect(desk.main).toContainText("Jij nam het eerste besluit.");
  await expect(connectorPage.getByRole("button", { name: "Besluit over het bezwaar" })).toHaveCount(0);

  const theirs = await another(connector("aicha"));
  const other = new QueuePage(theirs);
  await other.open("bezwaar");
  await other.openCase(title);
  await new CasePage(theirs).answer("overturned", "De bank wordt weggegeven, dat mag hier graag.");
  await open(page, post);
  await expect(new Site(page).heading).toHaveText(title);
  expect(await lastMail(visitor, resident.email)).toContain("Er is besloten over je bezwaar");
});

test("Everybody can read how moderation goes, and only connectors see the desk", async ({ page, residentPage, problems }) => {
  problems.expect(/status of 40[13]/);
  await open(page, "/moderatie");
  await expect(new Site(page).heading).toHaveText("Zo modereren we");
  await expect(page.getByRole("table")).toContainText("minder dan 10");
  await open(residentPage, "/beheer/meldingen");
  await expect(new Site(residentPage).main).toContainText("Met jouw account kun je dit niet zien");
});
