// Calendars of organisations: a file for the form, and the page of one that is followed.
import { expect, open } from "../fixtures.ts";
import { inDays } from "./people.ts";
import { Site, follow } from "./site.ts";

/** A calendar with an evening for each title, a week from now, and something that cannot be read. */
export function calendarFile(titles: string[]): { name: string; mimeType: string; buffer: Buffer } {
  const day = inDays(7).replaceAll("-", "");
  const events = titles.map(
    (title, index) =>
      `BEGIN:VEVENT\r\nUID:${index}@club.example\r\nDTSTART;TZID=Europe/Amsterdam:${day}T19${index}000\r\nDURATION:PT2H\r\nSUMMARY:${title}\r\nEND:VEVENT\r\n`,
  );
  const broken = "BEGIN:VEVENT\r\nUID:kapot\r\nDTSTART:ooit\r\nSUMMARY:Zonder datum\r\nEND:VEVENT\r\n";
  const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.join("")}${broken}END:VCALENDAR\r\n`;
  return { name: "agenda.ics", mimeType: "text/calendar", buffer: Buffer.from(text) };
}

export class SourcePage extends Site {
  /** Fills in the form of a new one, with a file. */
  async followFile(name: string, titles: string[]): Promise<void> {
    await open(this.page, "/agenda/bronnen/nieuw");
    await this.page.locator("#naam").fill(name);
    await this.page.locator("#bestand").setInputFiles(calendarFile(titles));
    await this.send("Neem deze agenda over", /\/agenda\/bronnen\/[0-9a-f-]{36}\?gedaan=nieuw/);
    await expect(this.heading).toHaveText(name);
  }

  /** From its page to the form that changes it. */
  async change(): Promise<void> {
    await follow(this.page, this.main.getByRole("link", { name: "Verander deze agenda" }), /\/bewerken$/);
  }

  /** Tries an address. */
  async tryAddress(name: string, address: string): Promise<void> {
    await open(this.page, "/agenda/bronnen/nieuw");
    await this.page.locator("#naam").fill(name);
    await this.page.locator("#adres").fill(address);
    await follow(this.page, this.main.getByRole("button", { name: "Neem deze agenda over" }), /flash=/);
  }
}
