// Where the program is, and how to start it. The browser tests share one server on SQLite;
// a test that needs a server of its own starts it with `startServer`.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export const communities = {
  rietvoorde: "hallorietvoorde.localhost",
  veenzicht: "puurveenzicht.localhost",
};

const READY_WITHIN_MS = 30_000;

/** The port of the server that all tests share. */
export const sharedPort = Number(process.env.NOABER_TEST_PORT ?? "3199");

export function baseUrl(host: string, port: number = sharedPort): string {
  return `http://${host}:${port}`;
}

export function chromium(): string {
  const known = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
  const found = process.env.NOABER_TEST_CHROMIUM ?? known.find((path) => existsSync(path));
  if (!found) throw new Error("No Chromium was found: install chromium, or name it in NOABER_TEST_CHROMIUM.");
  return found;
}

/** The address of an empty database on a PostgreSQL, for the test with two servers. */
export const postgres: string | undefined = process.env.NOABER_TEST_POSTGRES;

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the browser tests with "cargo xtask e2e".`);
  return value;
}

function environment(database: string, more: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("NOABER_TEST_"));
  return {
    ...Object.fromEntries(inherited),
    NOABER_DATABASE: database,
    NOABER_SITE: given("NOABER_TEST_SITE"),
    ...more,
  };
}

/** Runs one command of the program to its end and gives what it printed. */
export function noaber(database: string, ...words: string[]): string {
  const result = spawnSync(given("NOABER_TEST_PROGRAM"), words, { env: environment(database, {}), encoding: "utf8" });
  if (result.status !== 0) throw new Error(`noaber ${words.join(" ")} failed:\n${result.stdout}${result.stderr}`);
  return result.stdout;
}

export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  listener.close();
  await once(listener, "close");
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}

export interface Server {
  port: number;
  pid: number;
  /** Asks the server to stop, and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts the program on a database and waits until it answers. Settings go as environment variables. */
export async function startServer(
  database: string,
  port?: number,
  settings: Record<string, string> = {},
): Promise<Server> {
  const own = port ?? (await freePort());
  const child = spawn(given("NOABER_TEST_PROGRAM"), ["serve"], {
    env: environment(database, {
      NOABER_LISTEN: `127.0.0.1:${own}`,
      // Limits count by network. The tests say in X-Forwarded-For which one they come from, as a proxy would.
      NOABER_TRUSTED_PROXIES: "127.0.0.1",
      NOABER_PUBLIC_SCHEME: "http",
      NOABER_PUBLIC_PORT: String(own),
      // Everybody in the tests has just become a member. server/tests/it/newcomers.rs is about who is new.
      NOABER_LIMITS_NEWCOMER_DAYS: "0",
      ...settings,
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const keep = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-20_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "exit");
  const started = Date.now();
  while (!(await answers(own))) {
    if (child.exitCode !== null) throw new Error(`The server stopped at once:\n${said}`);
    if (Date.now() - started > READY_WITHIN_MS) {
      child.kill("SIGKILL");
      throw new Error(`The server is not ready after ${READY_WITHIN_MS / 1000} seconds:\n${said}`);
    }
    await pause(50);
  }
  return {
    port: own,
    pid: child.pid ?? 0,
    async stop(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await ended;
      }
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: "127.0.0.1", port, path: "/readyz", timeout: 2_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    })
      .on("error", () => resolve(false))
      .on("timeout", function () {
        this.destroy();
      });
  });
}
