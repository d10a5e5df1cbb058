// The page to search with.
import type { Locator } from "@playwright/test";
import { expect, open } from "../fixtures.ts";
import { Site, follow } from "./site.ts";

export class SearchPage extends Site {
  get field(): Locator {
    return this.page.getByRole("search").locator("input[name=q]");
  }

  get comments(): Locator {
    return this.main.locator("li.comment");
  }

  get results(): Locator {
    return this.page.locator(".search-results > li");
  }

  get suggestions(): Locator {
    return this.page.getByRole("listbox", { name: "Suggesties" }).getByRole("option");
  }

  get chosen(): Locator {
    return this.page.locator(".chip--remove");
  }

  async openFor(question = ""): Promise<void> {
    await open(this.page, question ? `/zoeken?q=${encodeURIComponent(question)}` : "/zoeken");
    await expect(this.heading).toHaveText("Zoeken");
  }

  async search(question: string): Promise<void> {
    await this.field.fill(question);
    await follow(this.page, this.page.getByRole("search").getByRole("button", { name: "Zoek" }), (url) => url.searchParams.get("q") === question);
  }

  /** Opens a sort of choices and takes one. */
  async choose(sort: string, name: RegExp): Promise<void> {
    const choices = this.page.locator(".search-refine details", { hasText: sort }).first();
    await choices.locator("summary").click();
    await follow(this.page, choices.getByRole("link", { name }), /\/zoeken\?q=/);
  }
}
