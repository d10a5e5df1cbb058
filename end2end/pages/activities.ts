// The pages of activities: what two people changed at once, and who comes.
import type { Locator } from "@playwright/test";
import { Site } from "./site.ts";

export class ActivityConflictPage extends Site {
  /** What there is to choose about one part. */
  part(name: string): Locator {
    return this.page.locator(".clash").filter({ has: this.page.getByRole("heading", { name, exact: true, level: 2 }) });
  }
}

/** Who comes, as the organiser sees it. */
export class PeoplePage extends Site {
  person(name: string): Locator {
    return this.page.locator(".people__one").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Puts somebody on the list who phones. */
  async putOn(name: string, guests = "", email = ""): Promise<void> {
    await this.page.locator("#erbij > summary").click();
    await this.page.locator("#naam").fill(name);
    await this.page.locator("#gasten").fill(guests);
    await this.page.locator("#email").fill(email);
    await this.send("Zet op de lijst", /klaar=(plek|wacht)&wie=/);
  }
}
