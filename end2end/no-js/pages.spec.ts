// Every page is whole without JavaScript: no empty frame, no button that does nothing.
import { publish, unique } from "../pages/people.ts";
import { PostPage } from "../pages/posts.ts";
import { Site, follow } from "../pages/site.ts";
import { expect, open, test } from "../pages/test.ts";

test.describe("Without JavaScript", { tag: "@no-js" }, () => {
  test("every page has its title, its heading and its content", async ({ page, residentPage, resident }) => {
    const post = await publish(resident);
    const pages = ["/", "/agenda", "/agenda?weergave=week", "/agenda?weergave=maand", "/agenda?weergave=kaart", "/activiteiten/nieuw", "/berichten", post, "/over", "/huisregels", "/privacy", "/toegankelijkheid", "/melden", "/insluiten", "/lid-worden", "/aanmelden"];
    for (const path of [...pages, "/berichten/nieuw", "/berichten/sjabloon/verhaal", "/account", "/account/concepten", `${post}/geschiedenis`, "/stijl", "/demo/outbox"]) {
      const answer = await open(residentPage, path);
      expect(answer?.status(), path).toBe(200);
      await expect(new Site(page).heading.first(), path).toBeVisible();
      await expect(page, path).toHaveTitle(/HalloRietvoorde/);
      expect((await new Site(page).main.innerText()).length, path).toBeGreaterThan(40);
      if (path !== "/stijl") await expect(page.locator(".skeleton"), path).toHaveCount(0);
    }
  });

  test("what needs JavaScript is not in sight", async ({ residentPage: page, resident }) => {
    const post = await publish(resident);
    for (const path of ["/berichten/nieuw", `${post}?bewerk=tekst`]) {
      await open(page, path);
      await expect(page.locator(".editor__toolbar")).toBeHidden();
      await expect(page.getByRole("textbox", { name: "Tekst" })).toBeVisible();
    }
  });

  test("a pencil leads to the same page with the part open, and the form saves", async ({ residentPage: page, resident }) => {
    const post = await publish(resident, { body: "Zonder script." });
    const shown = new PostPage(page);
    await shown.open(post);
    await shown.edit("body");
    await expect(shown.form).toHaveAttribute("method", "post");
    await expect(shown.form).toHaveAttribute("action", "/api/posts/edit");
    await shown.control("body").fill("Zonder script, maar met *nadruk*.");
    await shown.save();
    await expect(shown.text.locator("em")).toHaveText("nadruk");
  });

  test("a text that begins with an empty line or looks like HTML comes back as it was", async ({ residentPage: page, resident }) => {
    const body = "    eerst ingesprongen </textarea><b>geen html</b> & &amp;";
    const post = await publish(resident, { title: unique("Rare tekens"), body });
    const shown = new PostPage(page);
    await shown.open(post);
    await shown.edit("body");
    await expect(shown.control("body")).toHaveValue(body);
    await shown.control("body").fill("");
    await shown.form.getByRole("button", { name: "Bewaar" }).click();
    await expect(shown.problem("deel-tekst")).toContainText("Vul dit nog in.");
    await expect(shown.control("body")).toHaveValue("");
  });

  test("the menus of the header open, and the bar at the foot leads on", async ({ page }) => {
    await open(page, "/");
    const list = await new Site(page).openMenu("Kies een taal");
    await expect(list.getByRole("button", { name: "English" })).toBeVisible();
    const bar = page.getByRole("navigation", { name: "Snelmenu" });
    await follow(page, bar.getByRole("link", { name: "Nieuws" }), /\/berichten$/);
    await expect(bar.getByRole("link", { name: "Nieuws" })).toHaveAttribute("aria-current", "page");
  });

  test("a page that is not there has the right status and a way on", async ({ page, problems }) => {
    problems.expect(/status of 404/);
    for (const path of ["/bestaat-niet", "/berichten/geen-bericht", "/berichten/0198c0de-0000-7000-8000-000000000000"]) {
      const answer = await open(page, path);
      expect(answer?.status(), path).toBe(404);
      await expect(new Site(page).heading).toHaveText("Deze pagina is er niet");
      await expect(page.locator("main").getByRole("link", { name: "Naar de voorpagina" })).toBeVisible();
    }
  });
});
