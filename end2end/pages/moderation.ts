// The pages about reporting, moderating and objecting.
import { expect, open } from "../fixtures.ts";
import { Site, follow } from "./site.ts";

export class ReportPage extends Site {
  async openFor(post: string): Promise<void> {
    await open(this.page, `/melden?over=${post}`);
  }

  async fill(notice: { category: string; message: string; email: string }): Promise<void> {
    await this.page.locator(`input[name="report[category]"][value="${notice.category}"]`).check();
    await this.page.locator("#melding").fill(notice.message);
    await this.page.locator("#email").fill(notice.email);
  }

  async give(): Promise<void> {
    await this.send("Verstuur melding", /\?melding=gemeld/);
  }
}

export class QueuePage extends Site {
  async open(part = "open"): Promise<void> {
    await open(this.page, `/beheer/meldingen?deel=${part}`);
    await expect(this.heading).toHaveText("Meldingen");
  }

  async openCase(title: string): Promise<void> {
    await follow(this.page, this.main.getByRole("link", { name: title, exact: true }), /\/beheer\/meldingen\/[0-9a-f-]{36}/);
  }
}

export class CasePage extends Site {
  async decide(kind: string, facts: string, more: { rule?: string; days?: string } = {}): Promise<void> {
    await this.page.locator(`input[name="decision[kind]"][value="${kind}"]`).check();
    await this.page.locator("#uitleg").fill(facts);
    if (more.rule) await this.page.locator("#regel").fill(more.rule);
    if (more.days) await this.page.locator("#dagen").fill(more.days);
    await this.send("Neem dit besluit", /melding=besloten/);
  }

  async answer(outcome: "overturned" | "upheld", reasons: string): Promise<void> {
    await this.page.locator(`input[name="reply[outcome]"][value="${outcome}"]`).check();
    await this.page.locator("#uitleg").fill(reasons);
    await this.send("Besluit over het bezwaar", /melding=besloten/);
  }
}

export class ObjectPage extends Site {
  async object(message: string): Promise<void> {
    await this.page.locator("#bezwaar").fill(message);
    await this.send("Verstuur bezwaar", /melding=bezwaar/);
  }
}
