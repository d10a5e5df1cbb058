// A reader without a browser: for preparing what a test needs, and for seeing what an answer says exactly.
//
// Names under .localhost lead to this machine in every browser, but not in every resolver; so this client
// connects to 127.0.0.1 itself and says whom it wants in the Host header.
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { baseUrl, communities, sharedPort } from "../server.ts";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export type Fields = Record<string, string> | [string, string][];

export interface Cookie {
  name: string;
  value: string;
}

export class Visitor {
  readonly host: string;
  readonly port: number;
  /** Limits count by network; the server believes what this machine forwards. */
  readonly network: string;
  readonly #cookies = new Map<string, string>();

  constructor(network: string, host: string = communities.rietvoorde, port: number = sharedPort) {
    this.host = host;
    this.port = port;
    this.network = network;
  }

  get base(): string {
    return baseUrl(this.host, this.port);
  }

  get cookies(): Cookie[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value }));
  }

  keep(cookie: Cookie): void {
    this.#cookies.set(cookie.name, cookie.value);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask("GET", path, headers);
  }

  /** Sends a form as a page of the site does. */
  post(path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> {
    const body = new URLSearchParams(fields).toString();
    return this.ask("POST", path, { origin: this.base, "content-type": "application/x-www-form-urlencoded", ...headers }, body);
  }

  /** Sends exactly these headers, besides those that say who asks. */
  ask(method: string, path: string, headers: Record<string, string> = {}, body = ""): Promise<Answer> {
    const cookie = this.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const all: Record<string, string> = {
      host: `${this.host}:${this.port}`,
      accept: "text/html,application/xhtml+xml",
      "accept-language": "nl-NL",
      "x-forwarded-for": this.network,
      ...(cookie ? { cookie } : {}),
      ...(body ? { "content-length": String(Buffer.byteLength(body)) } : {}),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      // A connection of its own for each request: the server may close one after a refusal.
      const asked = request({ host: "127.0.0.1", port: this.port, agent: false, method, path: path.split("#")[0], headers: all }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => {
          for (const line of answer.headers["set-cookie"] ?? []) this.#remember(line);
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(parts).toString("utf8"),
          });
        });
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }

  #remember(line: string): void {
    const [pair = "", ...attributes] = line.split(";");
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    if (attributes.some((attribute) => attribute.trim().toLowerCase() === "max-age=0")) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(at + 1));
  }
}

/** An address of a network that nobody else in the tests has. */
export function someNetwork(): string {
  const part = () => 1 + Math.floor(Math.random() * 250);
  return `10.${part()}.${part()}.${part()}`;
}

/** The text between the tags, with the few entities that Leptos writes. */
export function plain(html: string): string {
  return html
    .replace(/<!--.*?-->/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&#x27;/g, "'")
    .replace(/&amp;/g, "&");
}
