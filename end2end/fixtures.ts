// What every browser test watches for: messages on the console, errors of scripts, and requests to
// other hosts. Import `test` and `expect` from here, never from @playwright/test.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import type { RunOnly, run } from "axe-core";
import { HtmlValidate } from "html-validate";
import { communities } from "./server.ts";

export { expect };
export { baseUrl, communities } from "./server.ts";

const OWN_HOSTS = Object.values(communities);

/** What went wrong in the browser during one test. */
export class Problems {
  #found: string[] = [];
  #expected: RegExp[] = [];

  add(problem: string): void {
    this.#found.push(problem);
  }

  /** For a test that causes a message on purpose, such as the one for a page with status 404. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  unexpected(): string[] {
    return this.#found.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
  }

  /** Watches all pages of a context; the one of the test itself is watched already. */
  watch(context: BrowserContext): void {
    context.on("console", (message) => {
      // A card may still show the photo of a post that another test has just taken away.
      const gone = message.text().includes("status of 404") && message.location().url.includes("/fotos/");
      if (["error", "warning", "assert"].includes(message.type()) && !gone) {
        this.add(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => this.add(`script: ${error.error().message} (${error.page()?.url() ?? "?"})`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      const local = ["data:", "blob:", "about:"].includes(url.protocol);
      if (!local && !OWN_HOSTS.includes(url.hostname)) this.add(`request to another host: ${request.url()}`);
    });
  }
}

export const test = base.extend<{ problems: Problems }>({
  problems: [
    async ({ context }, use) => {
      const problems = new Problems();
      problems.watch(context);
      await use(problems);
      expect(problems.unexpected(), "messages and requests in the browser").toEqual([]);
    },
    { auto: true },
  ],
});

/** Whether this browser runs scripts at all. */
export function hasScripts(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Waits until the page answers to clicks: before that they would be lost. */
export async function ready(page: Page): Promise<void> {
  if (hasScripts()) await expect(page.locator("body:is([data-hydrated], [data-quiet])")).toBeAttached();
}

/** Opens an address and waits until the page answers to clicks. */
export async function open(page: Page, address: string) {
  const answer = await page.goto(address);
  await ready(page);
  return answer;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Violations of WCAG 2.2 A and AA, and of the best practices that axe knows. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  return found(page, { type: "tag", values });
}

/** Texts that stand out too little from what is behind them. */
export async function colourProblems(page: Page): Promise<string[]> {
  return found(page, { type: "rule", values: ["color-contrast"] });
}

/** What axe finds, in the frames of the page too. It is put into each of them once, and stays until the next page. */
async function found(page: Page, runOnly: RunOnly): Promise<string[]> {
  for (const frame of page.frames()) {
    if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(AXE);
  }
  const { violations } = await page.evaluate((only) => {
    const { axe } = window as unknown as { axe: { run: typeof run } };
    return axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  }, runOnly);
  return violations.map((violation) => {
    const places = violation.nodes.map((node) => `    ${node.target.join(" ")}: ${node.failureSummary ?? ""}`);
    return `${violation.id}: ${violation.help}\n${places.join("\n")}`;
  });
}

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // Leptos writes markers for hydration and decides itself how to write what may be written in two ways.
    "attr-quotes": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "no-implicit-button-type": "off",
    "no-inline-style": "error",
    "no-trailing-whitespace": "off",
    "void-style": "off",
  },
});

/** What is not correct HTML in the page as the server sent it. */
export async function htmlProblems(page: Page, address: string): Promise<string[]> {
  // Through the page itself: not every resolver knows names under .localhost, every browser does.
  const answer = await page.goto(address);
  // Leptos marks places with <!>, which browsers read as an empty comment and the validator not at all.
  const html = ((await answer?.text()) ?? "").replaceAll("<!>", "");
  const report = await validator.validateString(html);
  return report.results.flatMap((result) =>
    result.messages.map((message) => `${message.line}:${message.column} ${message.ruleId}: ${message.message}`),
  );
}
