// Two editors at once: both texts survive.
import { connector, publish, save, unique } from "../pages/people.ts";
import { ConflictPage, HistoryPage, PostPage } from "../pages/posts.ts";
import { follow } from "../pages/site.ts";
import { expect, test } from "../pages/test.ts";

const both = { tag: "@both" };
const CONFLICT = /\/samenvoegen\?flash=/;

test("Whoever saves second sees both texts word by word, and combines them", both, async ({ residentPage: page, connectorPage, resident }) => {
  const post = await publish(resident, { title: unique("De markt"), body: "De markt begint om negen uur." });
  const mine = new PostPage(page);
  const theirs = new PostPage(connectorPage);
  for (const shown of [mine, theirs]) {
    await shown.open(post);
    await shown.edit("body");
  }
  await theirs.control("body").fill("De markt begint om tien uur.");
  await theirs.save();
  await mine.control("body").fill("De markt begint om negen uur. Neem een tas mee!");
  await page.locator("#deel-reden").fill("Tip erbij");
  await mine.save(CONFLICT);

  const conflict = new ConflictPage(page);
  await expect(conflict.heading).toHaveText("Iemand anders was je net voor");
  await expect(conflict.main).toContainText("Willem Brouwer veranderde dit bericht terwijl jij schreef.");
  await expect(conflict.mine).toContainText("De markt begint om negen uur. Neem een tas mee!");
  await expect(conflict.column("Versie van Willem Brouwer")).toContainText("De markt begint om tien uur.");
  await expect(page.locator(".diff del")).toContainText(["tien"]);
  await expect(page.locator(".diff ins").filter({ hasText: "negen" })).toBeVisible();
  await expect(page.locator(".diff ins").filter({ hasText: "tas" })).toBeVisible();
  await expect(conflict.combined).toHaveValue("De markt begint om negen uur. Neem een tas mee!");

  await conflict.combined.fill("De markt begint om tien uur. Neem een tas mee!");
  await conflict.save();
  await expect(mine.text).toHaveText("De markt begint om tien uur. Neem een tas mee!");
  await mine.openHistory();
  const history = new HistoryPage(page);
  await expect(history.versions).toHaveCount(3);
  await expect(history.versions.first()).toContainText("Reden: Tip erbij");
});

test("The text of the other may stay as it is", async ({ residentPage: page, resident }) => {
  const post = await publish(resident, { title: unique("De fietsen") });
  const mine = new PostPage(page);
  await mine.open(post);
  await mine.edit("title");
  const theirs = unique("De nieuwe fietsen");
  await save(connector(), post, 1, { title: theirs });
  await mine.control("title").fill(unique("De oude fietsen"));
  await mine.save(CONFLICT);
  await follow(page, page.getByRole("link", { name: "Laat de versie van Willem Brouwer staan" }), (url) => url.pathname === post);
  await expect(mine.heading).toHaveText(theirs);
});

test("Changes to different parts are both kept, without a question", both, async ({ residentPage: page, resident }) => {
  const post = await publish(resident, { title: unique("De bus"), body: "De bus rijdt." });
  const mine = new PostPage(page);
  await mine.open(post);
  await mine.edit("body");
  const theirs = unique("De buurtbus");
  await save(connector(), post, 1, { title: theirs });
  await mine.control("body").fill("De bus rijdt weer.");
  await mine.save();
  await expect(mine.heading).toHaveText(theirs);
  await expect(mine.text).toHaveText("De bus rijdt weer.");
});

test("Saving the same words as the other is no conflict", async ({ residentPage: page, resident }) => {
  const post = await publish(resident);
  const mine = new PostPage(page);
  await mine.open(post);
  await mine.edit("title");
  const same = unique("Precies hetzelfde");
  await save(connector(), post, 1, { title: same });
  await mine.control("title").fill(same);
  await mine.save(/\?melding=ongewijzigd/);
  await expect(mine.heading).toHaveText(same);
});

test("A third editor during the combining is a new conflict, and nothing is lost", async ({ residentPage: page, resident }) => {
  const post = await publish(resident, { body: "Begin." });
  const mine = new PostPage(page);
  await mine.open(post);
  await mine.edit("body");
  await save(connector(), post, 1, { body: "Begin van Willem." });
  await mine.control("body").fill("Mijn begin.");
  await mine.save(CONFLICT);
  const conflict = new ConflictPage(page);
  await save(connector(), post, 2, { body: "Begin van Willem, met meer." });
  await conflict.combined.fill("Mijn begin en dat van Willem.");
  await conflict.send("Bewaar mijn keuze", (url) => CONFLICT.test(url.href) && !url.href.includes("melding"));
  await expect(conflict.mine).toContainText("Mijn begin en dat van Willem.");
  await expect(conflict.column("Versie van Willem Brouwer")).toContainText("Begin van Willem, met meer.");
  await conflict.save();
  await expect(mine.text).toHaveText("Mijn begin en dat van Willem.");
});

test("Bringing back an earlier version while somebody saves is refused, and says so", async ({ residentPage: page, resident }) => {
  const first = unique("De eerste");
  const post = await publish(resident, { title: first });
  await save(resident, post, 1, { title: unique("De tweede") });
  const history = new HistoryPage(page);
  await history.open(post);
  const third = unique("De derde");
  await save(connector(), post, 2, { title: third });
  await follow(page, history.versions.nth(1).getByRole("button", { name: "Zet deze versie terug" }), /melding=mislukt/);
  await expect(history.toast).toBeVisible();
  await expect(history.versions).toHaveCount(3);
  await history.restore(2);
  await expect(history.heading).toHaveText(first);
});

test("Any two versions that follow each other can be compared", async ({ residentPage: page, resident }) => {
  const post = await publish(resident, { body: "Een rode deur." });
  await save(resident, post, 1, { body: "Een groene deur." });
  await save(resident, post, 2, { body: "Een groene deur met een bel." });
  const history = new HistoryPage(page);
  await history.open(post);
  await expect(history.versions).toHaveCount(3);
  await expect(page.getByRole("heading", { name: "Van versie 2 naar versie 3" })).toBeVisible();
  await follow(page, history.versions.nth(1).getByRole("link", { name: "Vergelijk met de versie ervoor" }), /\?van=1&tot=2/);
  await expect(page.getByRole("heading", { name: "Van versie 1 naar versie 2" })).toBeVisible();
  await expect(history.removed).toContainText(["rode"]);
  await expect(history.added).toContainText(["groene"]);
});

test("Who clashes with themselves, in another window, is told so", async ({ residentPage: page, resident }) => {
  const post = await publish(resident, { title: unique("Twee vensters") });
  const mine = new PostPage(page);
  await mine.open(post);
  await mine.edit("title");
  await save(resident, post, 1, { title: unique("Uit het andere venster") });
  await mine.control("title").fill(unique("Uit dit venster"));
  await mine.save(CONFLICT);
  const conflict = new ConflictPage(page);
  await expect(conflict.heading).toHaveText("Je veranderde dit zelf al");
  await expect(conflict.column("Wat er nu staat")).toContainText("Uit het andere venster");
  await conflict.save();
  await expect(mine.heading).toContainText("Uit dit venster");
});
