// The pages of activities: what two people changed at once, and who comes.
import type { Locator } from "@playwright/test";
import { Site } from "./site.ts";

export class ActivityConflictPage extends Site {
  /** What there is to choose about one part. */
  part(name: string): Locator {
    return this.page.locator(".clash").filter({ has: this.page.getByRole("heading", { name, exact: true, level: 2 }) });
  }
}
