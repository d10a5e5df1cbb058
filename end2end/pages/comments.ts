// The conversation under a post.
import type { Locator, Page } from "@playwright/test";
import { hasScripts, open, ready } from "../fixtures.ts";
import { Site, follow } from "./site.ts";

export class Conversation extends Site {
  async openUnder(post: string): Promise<void> {
    await open(this.page, post);
  }

  get section(): Locator {
    return this.page.locator("section.comments");
  }

  get heading(): Locator {
    return this.section.locator("#reacties-titel");
  }

  comment(text: string): Locator {
    return this.section.locator("li.comment").filter({ hasText: text });
  }

  get field(): Locator {
    return this.page.locator("#reactie-tekst");
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.page.getByRole("button", { name: "Plaats reactie" }).click();
    await this.page.waitForURL(/melding=reactie-geplaatst/);
    await ready(this.page);
  }

  async answer(text: string): Promise<void> {
    await follow(this.page, this.comment(text).getByRole("link", { name: /^Antwoord/ }), /antwoord=/);
  }

  async change(text: string): Promise<void> {
    await follow(this.page, this.comment(text).getByRole("link", { name: "Verander" }), /verander=/);
  }

  get thanks(): Locator {
    return this.section.locator("#bedankt");
  }
}

/** Waits until the page has a connection on which it is told what is new. */
export async function listening(page: Page, opening: () => Promise<void>): Promise<void> {
  const connected = hasScripts() ? page.waitForResponse(/\/reacties\/stroom/) : Promise.resolve();
  await opening();
  await connected;
}
