// People for tests: residents who have just become members, and the connector of the demo.
import { createHmac, randomBytes } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import { communities } from "../server.ts";
import { Visitor, someNetwork } from "./visitor.ts";
import type { Answer } from "./visitor.ts";

/** The accounts of the demo that tests sign in with; the second factor's keys are public (seed/src/accounts.rs). */
export const demo = {
  willem: { name: "Willem Brouwer", email: "willem@example.org", secret: "NOABERDEMOWILLEMNOABERDEMOWILLEM" },
  aicha: { name: "Aïcha El Amrani", email: "aicha@example.org", secret: "NOABERDEMOAICHAANOABERDEMOAICHAA" },
  /** Connectors who have not set up the second factor yet. */
  petra: { name: "Petra Wolters", email: "petra@example.org" },
  ahmed: { name: "Ahmed Yıldız", email: "ahmed@example.org" },
} as const;

const STEP_SECONDS = 30;

/** The code of an authenticator app (RFC 6238), `steps` half minutes from now. */
export function totp(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_SECONDS) + steps));
  const mac = createHmac("sha1", base32(secret)).update(counter).digest();
  const at = (mac[mac.length - 1] ?? 0) & 0x0f;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function base32(text: string): Buffer {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text.replace(/\s/g, "").toUpperCase()]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** A word that no other test has. */
export function unique(word: string): string {
  return `${word} ${randomBytes(4).toString("hex")}`;
}

export function someAddress(): string {
  return `buur-${randomBytes(6).toString("hex")}@example.org`;
}

/** Somebody with a session. */
export interface Person {
  name: string;
  email: string;
  visitor: Visitor;
}

/** The last mail to an address, as the demo's outbox shows it. */
export async function lastMail(visitor: Visitor, email: string): Promise<string> {
  const { text } = await visitor.get("/demo/outbox");
  const mails = text.split(/<article/).slice(1).map((part) => part.split("</article>")[0] ?? "");
  const mail = mails.find((part) => part.includes(`Aan ${email}`));
  if (!mail) throw new Error(`The outbox holds no mail to ${email}.`);
  return mail;
}

export async function mailedCode(visitor: Visitor, email: string): Promise<string> {
  const code = /\b(\d{6})\b/.exec((await lastMail(visitor, email)).replace(/<a .*?<\/a>/gs, ""))?.[1];
  if (!code) throw new Error(`The mail to ${email} holds no code.`);
  return code;
}

/** The path of somebody's own registration in the last mail. */
export async function registrationLink(visitor: Visitor, email: string): Promise<string> {
  const path = /\/inschrijving\/[^\s"<]+/.exec(await lastMail(visitor, email))?.[0];
  if (!path) throw new Error(`The mail to ${email} holds no link to a registration.`);
  return path;
}

/** The path of the link in the last mail. */
export async function mailedLink(visitor: Visitor, email: string): Promise<string> {
  const path = /\/aanmelden\/link\/[^\s"<]+/.exec(await lastMail(visitor, email))?.[0];
  if (!path) throw new Error(`The mail to ${email} holds no link.`);
  return path;
}

/** Where an answer sends the browser; a refusal is an error. */
export function onward(answer: Answer, not?: string): string {
  const to = answer.headers.location;
  if (![302, 303].includes(answer.status) || !to || to.includes("flash=") || (not && to.includes(not))) {
    throw new Error(`Refused: status ${answer.status}, to ${to ?? "nowhere"}: ${answer.text.slice(0, 300)}`);
  }
  return to;
}

async function giveCode(visitor: Visitor, email: string, asked: Answer): Promise<string> {
  const challenge = new URL(onward(asked), visitor.base).searchParams.get("c") ?? "";
  const code = await mailedCode(visitor, email);
  return onward(await visitor.post("/api/sign-in/code", { challenge, code }));
}

/** Becomes a member, the way the forms do it. */
export async function join(
  options: { name?: string; email?: string; area?: string; network?: string; host?: string; port?: number } = {},
): Promise<Person> {
  const { name = "Buur van Test", email = someAddress(), area = "", network = someNetwork() } = options;
  const visitor = new Visitor(network, options.host, options.port);
  const asked = await visitor.post("/api/members/join", {
    "draft[name]": name,
    "draft[email]": email,
    "draft[area]": area,
    "draft[age]": "true",
    "draft[house_rules]": "true",
    back: "",
  });
  await giveCode(visitor, email, asked);
  return { name, email, visitor };
}

/** Asks for a mail and enters its code; gives where the server leads. */
export async function signIn(visitor: Visitor, email: string, back = ""): Promise<string> {
  return giveCode(visitor, email, await visitor.post("/api/sign-in/ask", { email, back }));
}

const CONNECTOR = "NOABER_TEST_CONNECTOR";
const connectors = { willem: demo.willem, aicha: demo.aicha } as const;
type Connector = keyof typeof connectors;

/** Signs the connectors in, once for all tests: a code of the app counts once, and mails are limited. */
export async function prepareConnector(): Promise<void> {
  const sessions: Partial<Record<Connector, Visitor["cookies"]>> = {};
  for (const who of Object.keys(connectors) as Connector[]) {
    const visitor = new Visitor(someNetwork());
    await signIn(visitor, connectors[who].email);
    // The half minute before this one, so that the code on the outbox page is still good for a test.
    onward(await visitor.post("/api/sign-in/second-factor", { code: totp(connectors[who].secret, -1), back: "/" }));
    sessions[who] = visitor.cookies;
  }
  process.env[CONNECTOR] = JSON.stringify(sessions);
}

/** A connector, signed in: Willem of the whole platform, or Aïcha of Lindenhoek. */
export function connector(who: Connector = "willem"): Person {
  const visitor = new Visitor(someNetwork());
  for (const cookie of JSON.parse(process.env[CONNECTOR] ?? "{}")[who] ?? []) visitor.keep(cookie);
  return { name: connectors[who].name, email: connectors[who].email, visitor };
}

/** Gives a browser the session of a person. */
export async function become(context: BrowserContext, { visitor }: Person): Promise<void> {
  await context.addCookies(
    visitor.cookies.map(({ name, value }) => ({
      name,
      value,
      domain: visitor.host,
      path: "/",
      httpOnly: true,
      secure: name.startsWith("__Host-"),
      sameSite: "Lax" as const,
    })),
  );
}

export interface Draft {
  title?: string;
  body?: string;
  kind?: string;
  areas?: string[];
  topic?: string;
}

/** Publishes a post and gives its address. */
export async function publish({ visitor }: Person, draft: Draft = {}): Promise<string> {
  const { title = unique("Bericht"), body = "Er is iets te doen in de buurt.", kind = "news", areas = [], topic = "" } = draft;
  const answer = await visitor.post("/api/posts/create", [
    ["draft[title]", title],
    ["draft[body]", body],
    ["draft[kind]", kind],
    ["draft[topic]", topic],
    ...areas.map((area): [string, string] => ["draft[areas][]", area]),
  ]);
  return new URL(onward(answer), visitor.base).pathname;
}

/** Puts something into the agenda, from next week on, and gives its address. */
export async function plan({ visitor }: Person, activity: { title?: string; repeat?: string; day?: string; seats?: number } = {}): Promise<string> {
  const { title = unique("Activiteit"), repeat = "once", day = inDays(7), seats } = activity;
  const registering: [string, string][] = seats === undefined ? [] : [
    ["draft[registration][on]", "true"],
    ["draft[registration][capacity]", String(seats)],
    ["draft[registration][guests]", "1"],
    ["draft[registration][questions][]", "Eet je vlees?"],
  ];
  const answer = await visitor.post("/api/activities/create", [
    ["draft[title]", title],
    ["draft[body]", "Kom **gezellig** langs."],
    ["draft[place]", "Buurthuis De Linde"],
    ["draft[when][day]", day],
    ["draft[when][from]", "10:00"],
    ["draft[when][to]", "12:00"],
    ["draft[when][repeat]", repeat],
    ...registering,
  ]);
  return new URL(onward(answer), visitor.base).pathname;
}

/** Saves all of what [plan] made, with other words, on top of a version. */
export async function saveActivity(
  { visitor }: Person,
  activity: string,
  version: number,
  { title, body = "Kom **gezellig** langs.", place = "Buurthuis De Linde" }: { title: string; body?: string; place?: string },
): Promise<Answer> {
  return visitor.post("/api/activities/save", {
    id: activity.replace("/activiteiten/", ""),
    version: String(version),
    scope: "alles",
    "draft[title]": title,
    "draft[body]": body,
    "draft[place]": place,
    "draft[when][day]": inDays(7),
    "draft[when][from]": "10:00",
    "draft[when][to]": "12:00",
    "draft[when][repeat]": "once",
  });
}

/** A day as a date field has it. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

/** Saves one part of a post on top of a version. */
export async function save(
  { visitor }: Person,
  post: string,
  version: number,
  part: { title?: string; body?: string },
): Promise<Answer> {
  const fields: Record<string, string> = { id: post.replace("/berichten/", ""), "edit[version]": String(version) };
  fields.part = part.title === undefined ? "tekst" : "titel";
  if (part.title !== undefined) fields["edit[title]"] = part.title;
  if (part.body !== undefined) fields["edit[body]"] = part.body;
  return visitor.post("/api/posts/edit", fields);
}
