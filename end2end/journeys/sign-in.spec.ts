// Signing in, for people who forget passwords, and for those who try what they should not.
import { join, lastMail, mailedCode, mailedLink, onward, signIn, someAddress, totp, unique } from "../pages/people.ts";
import { Visitor, plain, someNetwork } from "../pages/visitor.ts";
import { SignInPage, SignUpPage, Site, follow, signInWithMail } from "../pages/site.ts";
import { expect, open, ready, test } from "../pages/test.ts";

const both = { tag: "@both" };
const GONE = "De code of link is verlopen of al gebruikt. Vraag een nieuwe aan.";

test("Looking at the link of a mail changes nothing; its button signs in, once", both, async ({ page, another, resident, visitor }) => {
  await visitor.post("/api/sign-in/ask", { email: resident.email, back: "/over" });
  const link = await mailedLink(visitor, resident.email);

  // What mail scanners do.
  for (let i = 0; i < 3; i++) expect((await visitor.get(link)).status).toBe(200);
  expect(visitor.cookies).toEqual([]);

  await open(page, link);
  await expect(new Site(page).heading).toHaveText("Aanmelden bij HalloRietvoorde");
  expect(await page.context().cookies()).toEqual([]);
  await new Site(page).send("Aanmelden", /\/over\?melding=aangemeld/);
  await expect(new Site(page).toast).toContainText("Fijn dat je er bent.");

  const second = await another();
  await open(second, link);
  await expect(new Site(second).heading).toHaveText("Deze link werkt niet meer");
  await expect(second.locator("main")).toContainText(GONE);
  const token = link.split("/").pop() ?? "";
  const again = await visitor.post("/api/sign-in/link", { token });
  expect(again.headers.location).toMatch(/^\/aanmelden\?flash=/);
  expect(visitor.cookies).toEqual([]);
  await open(second, again.headers.location ?? "");
  await expect(second.locator(".notice--warning")).toContainText(GONE);
});

test("A wrong code is refused kindly and another try is welcome", both, async ({ page, resident, visitor }) => {
  const signInPage = new SignInPage(page);
  await signInPage.open();
  await signInPage.askForCode(resident.email);
  const code = await mailedCode(visitor, resident.email);
  const wrong = code === "111111" ? "222222" : "111111";
  await signInPage.enterCode(wrong, /\/aanmelden\/code\?c=.*flash=/);
  await expect(signInPage.problem("code")).toContainText("Deze code klopt niet. Kijk nog eens goed en vul hem opnieuw in.");
  await expect(page.locator("#code")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#code")).toHaveValue("");
  expect(await page.context().cookies()).toEqual([]);
  await signInPage.enterCode(`${code.slice(0, 3)} ${code.slice(3)}`, /\?melding=aangemeld/);
});

test("After five wrong codes the right one does not count either, but the link in the mail does", async ({ resident, visitor }) => {
  const challenge = new URL(onward(await visitor.post("/api/sign-in/ask", { email: resident.email })), visitor.base).searchParams.get("c") ?? "";
  const code = await mailedCode(visitor, resident.email);
  const wrong = code === "111111" ? "222222" : "111111";
  for (let i = 0; i < 5; i++) {
    const refused = await visitor.post("/api/sign-in/code", { challenge, code: wrong });
    expect(refused.headers.location).toContain("flash=");
  }
  const late = await visitor.post("/api/sign-in/code", { challenge, code });
  expect(late.headers.location).toContain("flash=");
  expect(plain((await visitor.get(late.headers.location ?? "")).text)).toContain("Gebruik de knop in de mail.");
  expect(visitor.cookies).toEqual([]);
  const token = (await mailedLink(visitor, resident.email)).split("/").pop() ?? "";
  expect(onward(await visitor.post("/api/sign-in/link", { token }))).toBe("/?melding=aangemeld");
});

test("An address that nobody has gets the same answer; only its mail says more", both, async ({ page, another, resident, visitor }) => {
  const stranger = someAddress();
  const seen: string[] = [];
  for (const [who, email] of [[page, resident.email], [await another(), stranger]] as const) {
    const signInPage = new SignInPage(who);
    await signInPage.open();
    await signInPage.askForCode(email);
    await expect(signInPage.heading).toHaveText("Kijk in je mail");
    seen.push(await signInPage.main.innerText());
  }
  expect(seen[1]).toBe(seen[0]);
  const mail = plain(await lastMail(visitor, stranger));
  expect(mail).toContain("nog geen lid");
  expect(mail).not.toMatch(/\b\d{6}\b/);
});

test("What is no address is said beside the field, and stays there to be mended", both, async ({ page }) => {
  const signInPage = new SignInPage(page);
  await signInPage.open();
  await page.locator("#email").fill("fatma.voorbeeld@nergens");
  await page.locator("form[action*='sign-in/ask']").getByRole("button").click();
  await page.waitForURL(/\/aanmelden\?flash=/);
  await ready(page);
  await expect(signInPage.problem("email")).toContainText("Dit e-mailadres is niet compleet.");
  await expect(page.locator("#email")).toHaveValue("fatma.voorbeeld@nergens");
});

test("A newcomer becomes a member with name, address, area and the house rules", both, async ({ page, visitor }) => {
  const signUp = new SignUpPage(page);
  const person = { name: "Ömer van den Berg", email: someAddress(), area: "vogelflats" };
  await signUp.open();
  await signUp.fill({ ...person, email: "geen-adres@" });
  await page.getByLabel("Ik ben 16 jaar of ouder").check();
  await signUp.send("Maak mijn account", /\/lid-worden\?flash=/);
  await expect(signUp.problem("email")).toContainText("Dit e-mailadres is niet compleet.");
  await expect(signUp.problem("huisregels")).toContainText("Zet hier een vinkje.");
  await expect(page.locator("#naam")).toHaveValue(person.name);
  await expect(page.locator("#gebied")).toHaveValue(person.area);
  await expect(page.getByLabel("Ik ben 16 jaar of ouder")).toBeChecked();

  await signUp.fill(person);
  await signUp.agree();
  await signUp.send();
  expect(await page.context().cookies(), "no account before the address has proved right").toEqual([]);
  await new SignInPage(page).enterCode(await mailedCode(visitor, person.email), /\/\?melding=welkom/);
  await expect(signUp.toast).toContainText("Welkom! Je hoort er nu bij.");
  await open(page, "/account");
  await expect(page.locator("#naam")).toHaveValue(person.name);
  await expect(page.locator("#gebied")).toHaveValue(person.area);
});

test("Who becomes a member twice is told so in the mail only, and can sign in with it", async ({ resident, visitor }) => {
  const asked = await visitor.post("/api/members/join", {
    "draft[name]": "Iemand anders",
    "draft[email]": resident.email,
    "draft[age]": "true",
    "draft[house_rules]": "true",
  });
  expect(onward(asked)).toMatch(/^\/aanmelden\/code\?c=/);
  expect(plain(await lastMail(visitor, resident.email))).toContain("Je bent al lid van HalloRietvoorde");
  const challenge = new URL(onward(asked), visitor.base).searchParams.get("c") ?? "";
  onward(await visitor.post("/api/sign-in/code", { challenge, code: await mailedCode(visitor, resident.email) }));
  const account = await visitor.get("/account");
  expect(account.text).toContain(resident.name);
  expect(account.text).not.toContain("Iemand anders");
});

test("The list of own sessions shows each device, and signs any of them off", both, async ({ residentPage: page, resident }) => {
  const telephone = new Visitor(someNetwork());
  const tablet = new Visitor(someNetwork());
  for (const device of [telephone, tablet]) await signIn(device, resident.email);
  expect((await telephone.get("/account")).status).toBe(200);

  await open(page, "/account");
  const sessions = page.locator(".session-list > li");
  await expect(sessions).toHaveCount(3);
  await expect(sessions.filter({ hasText: "Dit apparaat" })).toHaveCount(1);
  const other = sessions.filter({ hasNotText: "Dit apparaat" }).first();
  await follow(page, other.getByRole("button", { name: "Afmelden" }), /\/account\?melding=sessies/);
  await expect(new Site(page).toast).toContainText("Je bent daar nu afgemeld.");
  await expect(sessions).toHaveCount(2);
  const left = [await telephone.get("/account"), await tablet.get("/account")].map(({ status }) => status);
  expect(left.sort()).toEqual([200, 401]);

  await new Site(page).send("Meld al mijn andere apparaten af", /\/account\?melding=sessies/);
  await expect(sessions).toHaveCount(1);
  for (const device of [telephone, tablet]) expect((await device.get("/account")).status).toBe(401);
});

test("Signing out ends the session on the server too", both, async ({ residentPage: page, resident, problems }) => {
  problems.expect(/status of 401/);
  await open(page, "/");
  // Small screens have their account in the bar at the foot.
  const narrow = (page.viewportSize()?.width ?? 0) < 600;
  if (narrow) await follow(page, page.locator(".bottom-nav").getByRole("link", { name: "Account" }), /\/account$/);
  const menu = narrow ? page.locator("main") : await new Site(page).openMenu("Jouw account");
  await follow(page, menu.getByRole("button", { name: "Afmelden" }), /\/\?melding=afgemeld/);
  await expect(new Site(page).toast).toContainText("Je bent afgemeld. Tot snel!");
  expect(await page.context().cookies()).toEqual([]);
  expect((await resident.visitor.get("/account")).status, "the old cookie is worth nothing").toBe(401);
  const answer = await page.goto("/account");
  await ready(page);
  expect(answer?.status()).toBe(401);
  await expect(new Site(page).heading).toHaveText("Meld je eerst aan");
});

test("Signing in gives the browser a new session and ends the one it had", async ({ resident }) => {
  const before = resident.visitor.cookies[0]?.value ?? "";
  const old = new Visitor(someNetwork());
  old.keep({ name: "__Host-noaber", value: before });
  expect((await old.get("/account")).status).toBe(200);
  await signIn(resident.visitor, resident.email);
  expect(resident.visitor.cookies[0]?.value).not.toBe(before);
  expect((await old.get("/account")).status).toBe(401);
});

test("A return address leads nowhere but to this site", async ({ page, resident, visitor }) => {
  await open(page, "/aanmelden?terug=https://evil.example/");
  await signInWithMail(page, resident.email, /\?melding=aangemeld/);
  expect(new URL(page.url()).pathname).toBe("/");

  for (const evil of ["//evil.example/", "/\\evil.example/", "/api/account/sign-out"]) {
    expect(await signIn(visitor, resident.email, evil), evil).toBe("/?melding=aangemeld");
  }
  for (const evil of ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]) {
    const answer = await visitor.post("/voorkeur/weergave", { waarde: "dark", terug: evil });
    expect(answer.headers.location, evil).toBe("/");
  }
});

test("A password is not needed, but may be", both, async ({ residentPage: page, resident, another }) => {
  const password = unique("drie losse woorden");
  await open(page, "/account");
  await page.locator("#nieuw").fill("kort");
  const form = page.locator("form[action*='account/password']");
  await follow(page, form.getByRole("button", { name: "Bewaar" }), /\/account\?flash=/);
  await expect(new Site(page).problem("nieuw")).toContainText("Schrijf minstens 10 tekens.");
  await page.locator("#nieuw").fill(password);
  await follow(page, form.getByRole("button", { name: "Bewaar" }), /\/account\?melding=wachtwoord/);
  await expect(new Site(page).toast).toContainText("Je nieuwe wachtwoord is bewaard.");

  const elsewhere = await another();
  await open(elsewhere, "/aanmelden");
  await elsewhere.getByText("Liever met een wachtwoord?").click();
  const login = elsewhere.locator("form[action*='sign-in/password']");
  await login.locator("#email-2").fill(resident.email);
  await login.locator("#wachtwoord").fill("iets heel anders");
  await follow(elsewhere, login.getByRole("button"), /\/aanmelden\?flash=/);
  await expect(new Site(elsewhere).problem("wachtwoord")).toContainText("Dit wachtwoord hoort niet bij dit e-mailadres.");
  await expect(login.locator("#email-2")).toHaveValue(resident.email);
  await expect(login.locator("#wachtwoord")).toHaveValue("");
  await login.locator("#wachtwoord").fill(password);
  await follow(elsewhere, login.getByRole("button"), /\?melding=aangemeld/);
});

test("Whoever sets up a second step needs it from then on, and has codes for when the telephone is lost", async ({ residentPage: page, resident, another }) => {
  await open(page, "/account");
  await follow(page, page.getByRole("link", { name: "Stel de tweede stap in" }), /\/aanmelden\/tweede-stap/);
  const secret = await page.locator("main p > code").innerText();
  const site = new Site(page);
  await page.locator("#code").fill("000000");
  await site.send("Zet de tweede stap aan", /\/aanmelden\/tweede-stap\?flash=/);
  await expect(site.problem("code")).toContainText("Deze code klopt niet.");
  expect(await page.locator("main p > code").innerText(), "the key stays the same").toBe(secret);
  const code = totp(secret);
  await page.locator("#code").fill(code);
  await site.send("Zet de tweede stap aan", /\/account\?codes=/);
  const recovery = await page.locator(".code-list code").allInnerTexts();
  expect(recovery).toHaveLength(8);

  const elsewhere = await another();
  await open(elsewhere, "/aanmelden");
  await signInWithMail(elsewhere, resident.email, /\/aanmelden\/tweede-stap/);
  const half = new Site(elsewhere);
  await elsewhere.locator("#code").fill(code);
  await half.send("Aanmelden", /flash=/);
  await expect(half.problem("code"), "the same code does not count twice").toContainText("Deze code klopt niet.");
  await elsewhere.locator("#code").fill(recovery[0] ?? "");
  await half.send("Aanmelden", /\?melding=aangemeld/);

  const third = new Visitor(someNetwork());
  expect(await signIn(third, resident.email)).toMatch(/^\/aanmelden\/tweede-stap/);
  expect((await third.get("/account")).status, "half-way is not in").toBe(401);
  const used = await third.post("/api/sign-in/second-factor", { code: recovery[0] ?? "", back: "/" });
  expect(used.headers.location, "a recovery code works once").toContain("flash=");
  expect(onward(await third.post("/api/sign-in/second-factor", { code: totp(secret, 1), back: "/" }))).toBe("/?melding=aangemeld");

  // Who finds a telephone that is signed in cannot take the second step away, nor put their own in its place.
  await open(elsewhere, "/account");
  await elsewhere.locator("#tweede-code").fill(recovery[0] ?? "");
  await half.send("Zet de tweede stap uit", /\/account\?flash=/);
  await expect(elsewhere.locator("#fouten"), "what is wrong comes first").toBeFocused();
  await expect(half.problem("tweede-code")).toContainText("Deze code klopt niet.");
  await elsewhere.locator("#tweede-code").fill(recovery[1] ?? "");
  await half.send("Zet de tweede stap uit", /\/account\?melding=bewaard/);
  await expect(elsewhere.getByRole("link", { name: "Stel de tweede stap in" })).toBeVisible();
  expect((await third.get("/account")).status, "other devices are signed out").toBe(401);
});

test("Six mails in an hour to one address are one too many, but not for who asks elsewhere", async ({ visitor }) => {
  const email = someAddress();
  for (let i = 0; i < 5; i++) onward(await visitor.post("/api/sign-in/ask", { email }));
  const sixth = await visitor.post("/api/sign-in/ask", { email });
  expect(sixth.headers.location).toContain("flash=");
  expect(plain((await visitor.get(sixth.headers.location ?? "")).text)).toContain("Dit ging te vaak achter elkaar.");
  onward(await new Visitor(someNetwork()).post("/api/sign-in/ask", { email }));
});

test("A session of one community is nothing in the other, for an account with the same address too", async ({ resident }) => {
  const there = await join({ email: resident.email, host: "puurveenzicht.localhost", name: "Buur van Veenzicht" });
  const mixed = new Visitor(someNetwork(), "puurveenzicht.localhost");
  for (const cookie of resident.visitor.cookies) mixed.keep(cookie);
  expect((await mixed.get("/account")).status).toBe(401);
  expect((await there.visitor.get("/account")).text).toContain("Buur van Veenzicht");
  expect((await resident.visitor.get("/account")).text).not.toContain("Buur van Veenzicht");
});
