// Photos in forms, albums and large.
import type { Locator, Page } from "@playwright/test";
import { expect, hasScripts, open, ready } from "../fixtures.ts";
import { SAVED } from "./posts.ts";
import { Site } from "./site.ts";

type Files = Parameters<Locator["setInputFiles"]>[0];

/** The part of a form with its photos. */
export class PhotoBlock extends Site {
  get block(): Locator {
    return this.page.locator("#fotos");
  }

  /** The photos that are in the form. */
  get lines(): Locator {
    return this.block.locator(".photo-fields .photo-field");
  }

  /** Photos that wait for a connection. */
  get waiting(): Locator {
    return this.block.locator(".uploads__waits");
  }

  /** With JavaScript they are sent at once. */
  async choose(files: Files): Promise<void> {
    await this.page.locator("#foto").setInputFiles(files);
  }

  /** Chooses photos and waits until the form is back with them. */
  async add(...files: string[]): Promise<void> {
    const before = await this.lines.count();
    await this.choose(files);
    if (!hasScripts()) await this.block.getByRole("button", { name: "Foto's toevoegen" }).click();
    await this.page.waitForURL(/flash=/);
    await expect(this.lines).toHaveCount(before + files.length);
    await expect(this.block.locator(".form__problem")).toHaveCount(0);
    await ready(this.page);
  }

  /** Chooses a file that will be refused. */
  async tryToAdd(file: Files): Promise<void> {
    await this.choose(file);
    if (hasScripts()) return;
    await this.block.getByRole("button", { name: "Foto's toevoegen" }).click();
    await this.page.waitForURL(/flash=/);
  }

  async describe(index: number, alt: string, caption = ""): Promise<void> {
    await this.lines.nth(index).getByLabel("Wat is er te zien?").fill(alt);
    if (caption) await this.lines.nth(index).getByLabel("Onderschrift").fill(caption);
  }
}

/** The page where the photos of a post are changed. */
export class AlbumPage extends Site {
  readonly photos: PhotoBlock;

  constructor(page: Page) {
    super(page);
    this.photos = new PhotoBlock(page);
  }

  async open(post: string): Promise<void> {
    await open(this.page, `${post}/fotos`);
  }

  line(number: number): Locator {
    return this.page.getByRole("group", { name: `Foto ${number}`, exact: true });
  }

  async describe(number: number, alt: string, focus?: string): Promise<void> {
    await this.line(number).getByLabel("Wat is er te zien?").fill(alt);
    if (focus) await this.line(number).getByLabel("Wat moet in beeld blijven als er weinig plaats is?").selectOption(focus);
  }

  async place(number: number, place: number): Promise<void> {
    await this.line(number).getByLabel("Welke plek krijgt deze foto?").selectOption(String(place));
  }

  async takeAway(number: number): Promise<void> {
    await this.line(number).getByLabel("Haal deze foto weg").check();
  }

  async save(): Promise<void> {
    await this.send("Bewaar de foto's", SAVED);
  }
}

/** One photo, large. */
export class LargePhoto extends Site {
  /** From the page of its post. */
  async open(number: number): Promise<void> {
    const link = this.page.locator(`#foto-${number} a`);
    await link.focus();
    await link.press("Enter");
    await this.page.waitForURL(new RegExp(`/foto/${number}$`));
    await ready(this.page);
  }

  photo(name: string): Locator {
    return this.page.locator(".lightbox").getByRole("img", { name });
  }

  /** With the arrow keys where there are scripts, with the links where not. */
  async turn(way: "next" | "prev" | "close"): Promise<void> {
    const before = this.page.url();
    const key = { next: "ArrowRight", prev: "ArrowLeft", close: "Escape" }[way];
    const link = this.page.locator(`[data-turn="${way}"]`);
    if (hasScripts()) await this.page.keyboard.press(key);
    else {
      await link.focus();
      await link.press("Enter");
    }
    await this.page.waitForURL((url) => url.href !== before);
    await ready(this.page);
  }
}
