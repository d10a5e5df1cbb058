// What a browser is told to refuse, and what the server refuses itself.
import { connector, join, publish, save, unique } from "../pages/people.ts";
import { ListPage, PostPage } from "../pages/posts.ts";
import { Site, follow } from "../pages/site.ts";
import { Visitor, plain, someNetwork } from "../pages/visitor.ts";
import { baseUrl, communities, expect, open, test } from "../pages/test.ts";

declare global {
  interface Window {
    broken?: boolean;
  }
}

test("Scripts run with the nonce of the answer only, and each answer has its own", async ({ visitor }) => {
  const seen = new Set<string>();
  for (const path of ["/aanmelden", "/aanmelden", "/lid-worden", "/stijl", "/demo/outbox", "/bestaat-niet"]) {
    const { headers, text } = await visitor.get(path);
    const policy = String(headers["content-security-policy"]);
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(nonce.length, path).toBeGreaterThan(15);
    expect(seen.has(nonce), path).toBe(false);
    seen.add(nonce);
    for (const part of ["default-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]) {
      expect(policy, path).toContain(part);
    }
    expect(policy, path).not.toContain("unsafe-inline");
    expect(policy, path).not.toContain("'unsafe-eval'");
    const scripts = text.match(/<script(?![^>]*application\/ld\+json)[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`);
  }
});

test("No page brings style or handlers of its own", async ({ resident }) => {
  const post = await publish(resident, { body: "**Tekst**" });
  const pages = ["/", "/berichten", post, `${post}?bewerk=tekst`, `${post}/geschiedenis`, "/berichten/nieuw", "/account", "/aanmelden/tweede-stap", "/over", "/stijl"];
  for (const path of pages) {
    const { status, text } = await resident.visitor.get(path);
    expect(status, path).toBe(200);
    expect(text, path).not.toMatch(/<[^>]+\sstyle=/);
    expect(text, path).not.toMatch(/<style[\s>]/);
    expect(text, path).not.toMatch(/<[^>]+\son[a-z]+=/);
    expect(text, path).not.toContain("javascript:");
  }
});

test("Every answer carries the other headers, the files too", async ({ visitor }) => {
  const style = /href="(\/pkg\/[^"]+\.css)"/.exec((await visitor.get("/over")).text)?.[1] ?? "";
  expect(style).not.toBe("");
  for (const path of ["/", "/bestaat-niet", "/berichten/feed", "/robots.txt", style, "/icons.svg"]) {
    const { headers } = await visitor.get(path);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("same-origin");
    expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
    expect(headers["permissions-policy"], path).toContain("geolocation=()");
    expect(headers["content-security-policy"], path).toBeTruthy();
    expect(headers.server, path).toBeUndefined();
  }
  expect((await visitor.get(style)).headers["cache-control"]).toContain("immutable");
  for (const path of ["/", "/berichten", "/aanmelden"]) {
    expect((await visitor.get(path)).headers["cache-control"], path).toMatch(/private, no-(cache|store)/);
  }
});

test("Whoever only reads gets no cookie", async ({ page }) => {
  for (const path of ["/", "/berichten", "/over", "/aanmelden", "/lid-worden", "/berichten?thema=groen"]) await open(page, path);
  await open(page, "/berichten");
  await follow(page, page.locator(".post-card h3 a").first(), /\/berichten\/[0-9a-f-]{36}/);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual([]);
});

test("The cookie of a session is for this host, this site and no script", async ({ residentPage: page, resident }) => {
  const stranger = new Visitor(resident.visitor.network);
  const asked = await stranger.post("/api/sign-in/ask", { email: resident.email });
  expect(asked.headers["set-cookie"]).toBeUndefined();
  await open(page, "/account");
  const cookies = await page.context().cookies();
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatchObject({
    name: "__Host-noaber",
    domain: communities.rietvoorde,
    path: "/",
    httpOnly: true,
    secure: true,
    sameSite: "Lax",
  });
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("A change that comes from elsewhere is refused, and changes nothing", async ({ resident }) => {
  const { visitor } = resident;
  const title = unique("Van buiten");
  const body = new URLSearchParams({ "draft[title]": title, "draft[body]": "Dit komt van een andere site.", "draft[kind]": "news" }).toString();
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const elsewhere: Record<string, string>[] = [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: baseUrl(communities.veenzicht) },
    { origin: visitor.base, "sec-fetch-site": "cross-site" },
    { origin: visitor.base, "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ];
  for (const headers of elsewhere) {
    for (const path of ["/api/posts/create", "/api/account/sign-out", "/voorkeur/taal"]) {
      const answer = await visitor.ask("POST", path, { ...form, ...headers }, body);
      expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403);
      expect(answer.headers["set-cookie"]).toBeUndefined();
      expect(answer.text).toContain("<h1");
    }
  }
  expect((await visitor.get("/berichten")).text).not.toContain(title);
  expect((await visitor.get("/account")).status, "still signed in").toBe(200);
});

test("A form on another site gets a page that says no", async ({ residentPage: page, resident, problems }) => {
  problems.expect(/status of 403/);
  await page.goto("about:blank");
  await page.setContent(
    `<form method="post" action="${resident.visitor.base}/api/account/sign-out"><button>Win een prijs</button></form>`,
  );
  const answered = page.waitForResponse(/sign-out/);
  await page.getByRole("button").click();
  expect((await answered).status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await open(page, "/account");
  await expect(page.locator("#naam")).toHaveValue(resident.name);
});

test("No other site can show these pages in a frame", async ({ page, problems }) => {
  problems.expect(/frame-ancestors|Framing|status of/i);
  await page.goto("about:blank");
  await page.setContent(`<iframe src="${baseUrl(communities.rietvoorde)}/"></iframe>`);
  await expect.poll(() => page.frames()[1]?.url()).toContain("chrome-error:");
  await expect(page.frameLocator("iframe").locator(".logo__name")).toHaveCount(0);
});

const EVIL = "</textarea></title></script><script>window.broken=true</script><img src=x onerror=window.broken=true>";

test("What looks like code in a post is text, wherever it is shown", async ({ residentPage: page, resident, another }) => {
  const title = `${unique("Kwaad")} ${EVIL}`.slice(0, 120);
  const body = `${EVIL}\n\n[klik](javascript:window.broken=true) <a href="javascript:window.broken=true">of hier</a>\n\n<svg onload=window.broken=true>`;
  const post = await publish(resident, { title, body, areas: ["plasoever"] });
  const whole = async (where: string) => {
    expect(await page.evaluate(() => window.broken), where).toBeUndefined();
    await expect(page.locator("main script:not([type='application/ld+json']), main [onerror], main [onload]"), where).toHaveCount(0);
    await expect(page.locator("main a[href^='javascript:']"), where).toHaveCount(0);
  };
  const shown = new PostPage(page);
  await shown.open(post);
  await expect(shown.heading).toHaveText(title);
  await expect.soft(page).toHaveTitle(`${title} · HalloRietvoorde`);
  await whole("the post");

  await test.step("in the forms, as the server sends them", async () => {
    await open(page, `${post}?bewerk=tekst`);
    await expect(shown.control("body")).toHaveValue(body);
    await whole("the form of the text");
    await open(page, `${post}?bewerk=titel`);
    await expect(shown.control("title")).toHaveValue(title);
    await whole("the form of the title");
  });

  await test.step("in the forms, as the browser makes them", async () => {
    await shown.open(post);
    await shown.edit("body");
    await expect(shown.control("body")).toHaveValue(body);
    await page.getByRole("button", { name: "Bekijk hoe het wordt" }).click();
    await expect(page.locator(".editor__preview")).toBeVisible();
    await whole("the preview");
  });

  await test.step("on lists and in the feed", async () => {
    const list = new ListPage(page);
    await list.open("?gebied=plasoever");
    await expect(list.card(title)).toBeVisible();
    await whole("the list");
    const feed = (await resident.visitor.get("/berichten/feed?gebied=plasoever")).text;
    expect(feed).not.toContain("<script>");
  });

  await test.step("in the history and in a conflict", async () => {
    await save(connector(), post, 1, { body: `${body} van Willem` });
    await open(page, `${post}/geschiedenis`);
    await expect(page.locator(".diff").first()).toContainText("window.broken=true");
    await whole("the history");
    const conflict = await save(resident, post, 1, { body: `${body} van mij` });
    await open(page, conflict.headers.location ?? "");
    await expect(page.getByLabel("Zo komt het te staan")).toHaveValue(`${body} van mij`);
    await whole("the conflict");
  });

  await test.step("for readers", async () => {
    const reader = await another();
    await open(reader, post);
    expect(await reader.evaluate(() => window.broken)).toBeUndefined();
  });
});

test("What looks like code in a draft or a refused form is text", async ({ residentPage: page, resident }) => {
  const refused = await resident.visitor.post("/api/posts/create", { "draft[title]": "x", "draft[body]": `\n${EVIL}`, "draft[scene_alt]": `"><script>window.broken=true</script>` });
  await open(page, refused.headers.location ?? "");
  await expect(page.locator("#tekst")).toHaveValue(`\n${EVIL}`);
  await expect(page.locator("#tekening-uitleg-veld")).toHaveValue(`"><script>window.broken=true</script>`);
  expect(await page.evaluate(() => window.broken)).toBeUndefined();
});

test("What looks like code in a name is text, in mails too", async ({ page }) => {
  const name = `Eve <img src=x onerror=window.broken=true>`;
  const eve = await join({ name });
  const post = await publish(eve);
  await open(page, post);
  await expect(page.locator(".post__byline strong")).toHaveText(name);
  expect(await page.evaluate(() => window.broken)).toBeUndefined();
  await open(page, "/demo/outbox");
  expect(await page.evaluate(() => window.broken)).toBeUndefined();
});

test("The address of a page puts no words in our mouth", async ({ page }) => {
  const evil = encodeURIComponent('"><script>window.broken=true</script>');
  for (const path of [`/?melding=${evil}`, `/aanmelden?terug=${evil}`, `/melden?over=${evil}`, `/berichten?melding=verwijderd&bericht=${evil}`, `/aanmelden/code?c=${evil}&flash=${evil}`]) {
    await open(page, path);
    expect(await page.evaluate(() => window.broken), path).toBeUndefined();
    await expect(page.locator("main script"), path).toHaveCount(0);
  }
  await open(page, "/?melding=Bel+nu+0900-1234");
  await expect(new Site(page).toast).toHaveCount(0);
});

test("More fields than a form has change nothing", async ({ resident, visitor }) => {
  const title = unique("Met wat extra's");
  const answer = await resident.visitor.post("/api/posts/create", {
    "draft[title]": title,
    "draft[body]": "Kijk mij eens.",
    "draft[kind]": "news",
    "draft[pinned]": "true",
    "draft[official]": "true",
    "draft[author]": "willem",
    pinned_until: "2099-01-01",
    platform: "puurveenzicht",
    role: "connector",
  });
  const post = answer.headers.location?.split("?")[0] ?? "";
  const shown = await visitor.get(post);
  expect(plain(shown.text)).toContain(resident.name);
  expect(shown.text).not.toContain("Officieel");
  expect(plain(shown.text)).not.toContain("Bovenaan gezet door");
});

test("A resident cannot do what only connectors may, whatever is sent", async ({ resident }) => {
  const author = await join();
  const post = await publish(author);
  const id = post.split("/").pop() ?? "";
  const { visitor } = resident;
  const tries = [
    await visitor.post("/api/posts/pin", { id, on_top: "true" }),
    await visitor.post("/api/posts/remove", { id }),
    await save(resident, post, 1, { title: "Overgenomen" }),
    await visitor.post("/api/posts/restore-version", { id, version: "1", on: "1" }),
    await visitor.post("/api/posts/create", { "draft[title]": "Officieel bericht", "draft[body]": "Namens de gemeente.", "draft[kind]": "announcement" }),
  ];
  for (const answer of tries) expect(answer.headers.location ?? "").toMatch(/flash=/);
  expect((await visitor.get(`${post}/geschiedenis`)).status).toBe(403);
  const shown = plain((await visitor.get(post)).text);
  expect(shown).not.toContain("Overgenomen");
  expect(shown).not.toContain("Bovenaan gezet door");
});

test("An unknown host gets a plain page, without anything of a community", async () => {
  const stranger = new Visitor(someNetwork(), "iets-anders.localhost");
  const answer = await stranger.get("/");
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain("HalloRietvoorde");
  expect((await stranger.get("/demo/outbox")).status).toBe(404);
  expect((await stranger.get("/healthz")).status).toBe(200);
});

test("Malformed and oversized requests get a page in the house style", async ({ resident }) => {
  const { visitor } = resident;
  const form = { origin: visitor.base, "content-type": "application/x-www-form-urlencoded" };
  const cases: [string, Record<string, string>, string, number[]][] = [
    ["/api/posts/create", form, "%ff%fe=%zz&draft", [400, 422]],
    ["/api/posts/edit", form, "id=1&part=titel&edit[version]=veel", [400, 422]],
    ["/api/posts/edit", { ...form, "content-type": "application/json" }, "{", [400, 415, 422]],
    ["/api/bestaat/niet", form, "a=1", [404]],
    // Refused before it is read: the size stands in the head.
    ["/api/posts/create", { ...form, "content-length": "300000" }, "draft[body]=x", [413]],
    ["/berichten", form, "a=1", [405]],
    ["/voorkeur/taal", form, "waarde=klingon", [422]],
  ];
  for (const [path, headers, body, expected] of cases) {
    const answer = await visitor.ask("POST", path, headers, body);
    expect(expected, `${path} answered ${answer.status}`).toContain(answer.status);
    expect(answer.text, path).toContain("<h1");
    expect(answer.text, path).toContain("HalloRietvoorde");
    expect(answer.text.toLowerCase(), path).not.toMatch(/panick|serde|sqlx|deserializ|missing field/);
  }
  await expect(async () => expect((await visitor.get("/readyz")).status).toBe(200)).toPass();
});
