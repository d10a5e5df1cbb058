// Comments, replies and thanks; what is new appears without reading the page again.
import { Conversation, listening } from "../pages/comments.ts";
import { publish, unique } from "../pages/people.ts";
import { expect, test } from "../pages/test.ts";

const both = { tag: "@both" };

test("Neighbours answer each other, change what they said, and take it away with a way back", both, async ({
  residentPage: page,
  resident,
  connectorPage,
}) => {
  const post = await publish(resident, { title: unique("Wie heeft er een ladder") });
  const theirs = new Conversation(connectorPage);
  await theirs.openUnder(post);
  await expect(theirs.heading).toHaveText("Nog geen reacties");
  await theirs.say("Ik heb er een van **vijf meter**.");
  await expect(theirs.comment("vijf meter").locator("strong", { hasText: "vijf meter" })).toBeVisible();

  const mine = new Conversation(page);
  await mine.openUnder(post);
  await expect(mine.heading).toHaveText("1 reactie");
  await mine.answer("vijf meter");
  await expect(mine.section).toContainText("Je antwoordt Willem Brouwer.");
  await mine.say("Mooi! @Willem Brouwer, mag ik hem zaterdag lenen?");
  const answer = mine.comment("zaterdag lenen");
  await expect(answer).toHaveClass(/comment--reply/);
  await expect(answer.locator("strong", { hasText: "@Willem Brouwer" })).toBeVisible();

  await mine.change("zaterdag lenen");
  await mine.page.locator("#verander-tekst").fill("Mooi! Mag ik hem zondag lenen?");
  await mine.page.getByRole("button", { name: "Bewaar", exact: true }).click();
  await expect(mine.comment("zondag lenen")).toContainText("veranderd");
  await mine.comment("zondag lenen").getByRole("button", { name: "Verwijder" }).click();
  await expect(mine.toast).toContainText("De reactie is weggehaald.");
  await expect(mine.comment("zondag lenen")).toHaveCount(0);
  await mine.toast.getByRole("button", { name: "Zet terug" }).click();
  await expect(mine.comment("zondag lenen")).toBeVisible();

  await theirs.openUnder(post);
  await theirs.thanks.getByRole("button", { name: "Zeg bedankt" }).click();
  await expect(theirs.thanks).toContainText("1 buur zei bedankt.");
  await theirs.thanks.getByRole("button", { name: "Je zei bedankt" }).click();
  await expect(theirs.thanks).not.toContainText("1 buur zei bedankt.");
});

test("Who has the page open sees a new comment come in", async ({ page, resident, connectorPage }) => {
  const post = await publish(resident, { title: unique("Er staat een regenboog") });
  const reader = new Conversation(page);
  await listening(page, () => reader.openUnder(post));
  const writer = new Conversation(connectorPage);
  await writer.openUnder(post);
  await writer.say("Boven de kerk is hij dubbel!");
  await expect(reader.comment("dubbel")).toBeVisible();
  await expect(reader.heading).toHaveText("1 reactie");
  await expect(reader.section.getByRole("status")).toHaveText("Nieuwe reactie van Willem Brouwer");
});

test("What somebody was typing is still there when the page is read again", async ({ residentPage: page, resident }) => {
  const post = await publish(resident, { title: unique("Halve zin") });
  const mine = new Conversation(page);
  await mine.openUnder(post);
  await mine.field.fill("Ik wilde nog zeggen dat");
  await mine.openUnder(post);
  await expect(mine.field).toHaveValue("Ik wilde nog zeggen dat");
  await mine.say("Klaar.");
  await mine.openUnder(post);
  await expect(mine.field).toHaveValue("");
});

test("A stranger is asked to sign in, and comes back to the conversation", both, async ({ page, resident }) => {
  const post = await publish(resident, { title: unique("Voor wie leest") });
  const reader = new Conversation(page);
  await reader.openUnder(post);
  await expect(reader.field).toHaveCount(0);
  await reader.section.getByRole("link", { name: "Aanmelden" }).click();
  await page.waitForURL(/\/aanmelden\?terug=/);
  expect(new URL(page.url()).searchParams.get("terug")).toBe(`${post}#reacties`);
});
