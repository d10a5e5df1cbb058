// What stands on every page, and the texts that tests look for.
import type { Locator, Page } from "@playwright/test";
import { expect, open, ready } from "../fixtures.ts";

/** Presses something that leads to another page, and waits until that page answers to clicks. */
export async function follow(page: Page, link: Locator, to: RegExp | ((url: URL) => boolean)): Promise<void> {
  await link.click();
  await page.waitForURL(to);
  await ready(page);
}

export class Site {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get toast(): Locator {
    return this.page.locator(".toast");
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get main(): Locator {
    return this.page.locator("main#inhoud");
  }

  /** What is wrong with the form, above it. */
  get problems(): Locator {
    return this.page.locator("#fouten");
  }

  /** What is wrong with one field, beside it. */
  problem(id: string): Locator {
    return this.page.locator(`#${id}-fout`);
  }

  menu(name: string): Locator {
    return this.page.locator("header details.menu").filter({ has: this.page.locator("summary", { hasText: name }) });
  }

  async openMenu(name: string): Promise<Locator> {
    const menu = this.menu(name);
    await menu.locator("summary").click();
    await expect(menu).toHaveAttribute("open");
    return menu.locator(".menu__list");
  }

  /** Presses a button that sends a form, and waits for the page that comes. */
  async send(name: string, to: RegExp | ((url: URL) => boolean)): Promise<void> {
    await follow(this.page, this.main.getByRole("button", { name, exact: true }), to);
  }
}

export class SignInPage extends Site {
  async open(address = "/aanmelden"): Promise<void> {
    await open(this.page, address);
  }

  async askForCode(email: string): Promise<void> {
    await this.page.locator("#email").fill(email);
    await this.send("Mail me een code", /\/aanmelden(\/code\?c=|\?flash=)/);
  }

  /** `to` is where the code leads: onward, or back here when it was refused. */
  async enterCode(code: string, to: RegExp): Promise<void> {
    await this.page.locator("#code").fill(code);
    await this.send("Aanmelden", to);
  }
}

export class SignUpPage extends Site {
  async open(): Promise<void> {
    await open(this.page, "/lid-worden");
  }

  async fill(person: { name: string; email: string; area?: string }): Promise<void> {
    await this.page.locator("#naam").fill(person.name);
    await this.page.locator("#email").fill(person.email);
    if (person.area) await this.page.locator("#gebied").selectOption(person.area);
  }

  async agree(): Promise<void> {
    await this.page.getByLabel("Ik ben 16 jaar of ouder").check();
    await this.page.getByLabel("Ik houd me aan de huisregels").check();
  }

  async send(name = "Maak mijn account", to: RegExp | ((url: URL) => boolean) = /\/aanmelden\/code\?c=/): Promise<void> {
    await super.send(name, to);
  }
}

/** The mails that the demo did not send. */
export class OutboxPage extends Site {
  async open(): Promise<void> {
    await open(this.page, "/demo/outbox");
  }

  mailTo(email: string): Locator {
    return this.page.locator("article").filter({ hasText: `Aan ${email}` }).first();
  }

  async mailedCode(email: string): Promise<string> {
    const text = await this.mailTo(email).locator("h3").innerText();
    const code = /\b\d{6}\b/.exec(text)?.[0];
    expect(code, `a code in "${text}"`).toBeTruthy();
    return code ?? "";
  }

  /** The second factor's code of this moment, which the demo shows. */
  async secondFactorCode(email: string): Promise<string> {
    return this.page.locator("tr").filter({ hasText: email }).locator("code").innerText();
  }
}

/** Signs in through the pages, with the code from the outbox; ends where that leads. */
export async function signInWithMail(page: Page, email: string, to: RegExp): Promise<void> {
  const signIn = new SignInPage(page);
  await signIn.askForCode(email);
  const asked = page.url();
  const outbox = new OutboxPage(page);
  await outbox.open();
  const code = await outbox.mailedCode(email);
  await open(page, asked);
  await signIn.enterCode(code, to);
}
