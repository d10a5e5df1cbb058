// Two processes of the program on one PostgreSQL are one site to its readers.
import { join, onward, publish, unique } from "../pages/people.ts";
import { ListPage, PostPage, WritePage } from "../pages/posts.ts";
import { OutboxPage, Site } from "../pages/site.ts";
import { Visitor, plain, someNetwork } from "../pages/visitor.ts";
import { baseUrl, communities, expect, open, test } from "../pages/test.ts";
import { noaber, postgres, startServer } from "../server.ts";
import type { Server } from "../server.ts";

const host = communities.rietvoorde;
let one: Server;
let other: Server;

test.describe("Two servers on one PostgreSQL", { tag: "@once" }, () => {
  test.describe.configure({ mode: "serial" });

  test.beforeAll(async () => {
    if (!postgres) throw new Error("NOABER_TEST_POSTGRES is not set: start the browser tests with \"cargo xtask e2e\".");
    noaber(postgres, "seed", "--set", "demo");
    [one, other] = await Promise.all([startServer(postgres), startServer(postgres)]);
  });

  test.afterAll(async () => {
    await Promise.all([one?.stop(), other?.stop()]);
  });

  test("What is written on one is read on the other, at once", async ({ page, another }) => {
    const title = unique("Geschreven op de ene");
    const writer = await join({ port: one.port });
    await page.context().addCookies(
      writer.visitor.cookies.map(({ name, value }) => ({ name, value, domain: host, path: "/", secure: true, httpOnly: true })),
    );
    const reader = await another();
    const list = `${baseUrl(host, other.port)}/berichten`;
    // Twice, so that the other server holds the page in memory.
    for (let i = 0; i < 2; i++) {
      await open(reader, list);
      await expect(new ListPage(reader).card(title)).toHaveCount(0);
    }

    await open(page, `${baseUrl(host, one.port)}/berichten/nieuw`);
    const write = new WritePage(page);
    await write.write({ title, body: "De andere server weet het meteen.", area: "centrum", topic: "groen" });
    await write.publish();
    const post = new URL(page.url()).pathname;

    await open(reader, list);
    await expect(new ListPage(reader).card(title)).toBeVisible();
    await open(reader, baseUrl(host, other.port) + post);
    await expect(new Site(reader).heading).toHaveText(title);

    // The session is one too: the author corrects the title on the other server.
    await open(page, baseUrl(host, other.port) + post);
    const shown = new PostPage(page);
    await shown.edit("title");
    await shown.control("title").fill(`${title}, verbeterd`);
    await shown.save();
    await open(reader, baseUrl(host, one.port) + post);
    await expect(new Site(reader).heading).toHaveText(`${title}, verbeterd`);
  });

  test("Whoever signs out on one is signed out on the other", async () => {
    const person = await join({ port: one.port });
    const there = new Visitor(person.visitor.network, host, other.port);
    for (const cookie of person.visitor.cookies) there.keep(cookie);
    expect((await there.get("/account")).status).toBe(200);
    onward(await there.post("/api/account/sign-out", {}));
    expect((await person.visitor.get("/account")).status).toBe(401);
  });

  test("Attempts are counted over both", async ({ page }) => {
    const email = `${unique("teller").replace(" ", "-")}@example.org`;
    const network = someNetwork();
    const [here, there] = [new Visitor(network, host, one.port), new Visitor(network, host, other.port)];
    for (const visitor of [here, there, here, there, here]) onward(await visitor.post("/api/sign-in/ask", { email }));
    for (const visitor of [there, here]) {
      const refused = await visitor.post("/api/sign-in/ask", { email });
      expect(refused.headers.location).toContain("flash=");
      expect(plain((await visitor.get(refused.headers.location ?? "")).text)).toContain("Dit ging te vaak achter elkaar.");
    }
    await open(page, `${baseUrl(host, other.port)}/demo/outbox`);
    await expect(page.locator("article").filter({ hasText: `Aan ${email}` }), "each mail once").toHaveCount(5);
    await expect(new OutboxPage(page).mailTo(email)).toBeVisible();
  });

  test("When one is killed, nothing that it accepted is lost and the other goes on", async () => {
    const person = await join({ port: one.port });
    const title = unique("Vlak voor de klap");
    const post = await publish(person, { title });
    await one.stop("SIGKILL");
    const there = new Visitor(person.visitor.network, host, other.port);
    for (const cookie of person.visitor.cookies) there.keep(cookie);
    expect((await there.get(post)).text).toContain(title);
    await publish({ ...person, visitor: there }, { title: unique("En gewoon verder") });
  });
});
