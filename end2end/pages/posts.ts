// The pages about posts.
import type { Locator } from "@playwright/test";
import { expect, open } from "../fixtures.ts";
import { Site, follow } from "./site.ts";

/** The address of one post, with or without a message. */
export const ONE_POST = /\/berichten\/[0-9a-f-]{36}(\?|$)/;
export const SAVED = /\/berichten\/[0-9a-f-]{36}\?melding=bewaard/;

/** The parts that open in place: the word in the address, the name of the handle, the control. */
export const parts = {
  title: { slug: "titel", handle: "Verander titel", control: "#deel-titel" },
  body: { slug: "tekst", handle: "Verander tekst", control: "#deel-tekst" },
  areas: { slug: "gebied", handle: "Verander gebied", control: "#deel-gebied" },
  topic: { slug: "thema", handle: "Verander thema", control: "#deel-thema" },
} as const;

export type PartName = keyof typeof parts;

export class ListPage extends Site {
  async open(query = ""): Promise<void> {
    await open(this.page, `/berichten${query}`);
  }

  get cards(): Locator {
    return this.page.locator(".post-list .post-card");
  }

  card(title: string): Locator {
    return this.page.locator(".post-card").filter({ hasText: title });
  }

  get chips(): Locator {
    return this.page.locator(".chip--remove");
  }

  async filter(choice: { gebied?: string; thema?: string; soort?: string }): Promise<void> {
    for (const [id, value] of Object.entries(choice)) await this.page.locator(`.filter-bar #${id}`).selectOption(value);
    await this.send("Toon berichten", (url) =>
      Object.entries(choice).every(([id, value]) => url.searchParams.get(id) === value),
    );
  }
}

export class WritePage extends Site {
  async open(): Promise<void> {
    await open(this.page, "/berichten/nieuw");
  }

  get title(): Locator {
    return this.page.locator("#titel");
  }

  get body(): Locator {
    return this.page.locator("#tekst");
  }

  async write(text: { title: string; body: string; kind?: string; area?: string; topic?: string }): Promise<void> {
    await this.title.fill(text.title);
    await this.body.fill(text.body);
    if (text.kind) await this.page.locator(`input[name="draft[kind]"][value="${text.kind}"]`).check();
    if (text.area) await this.page.locator(`input[name="draft[areas][]"][value="${text.area}"]`).check();
    if (text.topic) await this.page.locator("#thema").selectOption(text.topic);
  }

  async publish(): Promise<void> {
    await this.send("Plaats bericht", /\/berichten\/[0-9a-f-]{36}\?melding=geplaatst/);
  }

  /** Presses the button, for a post that will be refused. */
  async tryToPublish(): Promise<void> {
    await this.send("Plaats bericht", /\/berichten\/nieuw\?(concept=[\w-]+&)?flash=/);
    await expect(this.problems).toBeVisible();
  }
}

export class PostPage extends Site {
  async open(address: string): Promise<void> {
    await open(this.page, address);
  }

  get text(): Locator {
    return this.page.locator("article.post .editable > .prose");
  }

  handle(part: PartName): Locator {
    return this.page.getByRole("link", { name: parts[part].handle, exact: true });
  }

  control(part: PartName): Locator {
    return this.page.locator(parts[part].control);
  }

  get form(): Locator {
    return this.page.locator("form.inline-form");
  }

  /** Opens a part in place, through its pencil. */
  async edit(part: PartName): Promise<void> {
    await follow(this.page, this.handle(part), new RegExp(`\\?bewerk=${parts[part].slug}`));
    await expect(this.form).toBeVisible();
  }

  async save(to = SAVED): Promise<void> {
    await follow(this.page, this.form.getByRole("button", { name: "Bewaar", exact: true }), to);
  }

  async openHistory(): Promise<void> {
    await follow(this.page, this.main.getByRole("link", { name: "Eerdere versies" }), /\/geschiedenis$/);
  }
}

export class HistoryPage extends Site {
  async open(post: string): Promise<void> {
    await open(this.page, `${post}/geschiedenis`);
  }

  get versions(): Locator {
    return this.page.locator("ol.timeline > li");
  }

  get added(): Locator {
    return this.page.locator(".diff ins");
  }

  get removed(): Locator {
    return this.page.locator(".diff del");
  }

  /** Brings a version back; 0 is the newest. */
  async restore(index: number): Promise<void> {
    await follow(this.page, this.versions.nth(index).getByRole("button", { name: "Zet deze versie terug" }), SAVED);
  }
}

export class ConflictPage extends Site {
  get mine(): Locator {
    return this.column("Jouw versie");
  }

  column(name: string): Locator {
    return this.page.locator(".diff-columns > section").filter({ has: this.page.getByRole("heading", { name }) });
  }

  get combined(): Locator {
    return this.page.getByLabel("Zo komt het te staan");
  }

  async save(): Promise<void> {
    await this.send("Bewaar mijn keuze", SAVED);
  }
}
