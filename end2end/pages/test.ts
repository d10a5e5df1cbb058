// The test function for journeys: what fixtures.ts watches, a network of its own for each test (limits
// count by network), and browsers of people.
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { test as watched } from "../fixtures.ts";
import type { Problems } from "../fixtures.ts";
import { become, connector, join } from "./people.ts";
import type { Person } from "./people.ts";
import { Visitor, someNetwork } from "./visitor.ts";

export { expect, hasScripts, open, ready, baseUrl, communities } from "../fixtures.ts";

interface Journey {
  network: string;
  /** A reader without a browser, from the same network as the page. */
  visitor: Visitor;
  /** Somebody who has just become a member. */
  resident: Person;
  /** The page, with the resident signed in. */
  residentPage: Page;
  /** A second browser, with the connector signed in. */
  connectorPage: Page;
  /** Opens one more browser, as somebody or as a stranger. */
  another: (person?: Person) => Promise<Page>;
}

export const test = watched.extend<Journey>({
  network: async ({}, use) => use(someNetwork()),
  extraHTTPHeaders: async ({ network }, use) => use({ "x-forwarded-for": network }),
  visitor: async ({ network }, use) => use(new Visitor(network)),
  resident: async ({ network }, use) => use(await join({ network })),
  residentPage: async ({ page, resident }, use) => {
    await become(page.context(), resident);
    await use(page);
  },
  another: async ({ browser, problems }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (person) => {
      const page = await newPage(browser, problems);
      opened.push(page.context());
      if (person) await become(page.context(), person);
      return page;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  connectorPage: async ({ another }, use) => use(await another(connector())),
});

async function newPage(browser: Browser, problems: Problems): Promise<Page> {
  const context = await browser.newContext();
  problems.watch(context);
  return context.newPage();
}
