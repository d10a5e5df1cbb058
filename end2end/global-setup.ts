// One server for all browser tests, on a fresh copy of the demo municipality.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareConnector } from "./pages/people.ts";
import { noaber, sharedPort, startServer } from "./server.ts";

export default async function globalSetup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "noaber-e2e-"));
  const database = `sqlite:${join(folder, "demo.db")}`;
  noaber(database, "seed", "--set", "demo");
  // Limits count by network, and each test says from which it comes: the server believes this machine.
  const server = await startServer(database, sharedPort, {
    NOABER_TRUSTED_PROXIES: "127.0.0.1",
    NOABER_PUBLIC_PORT: String(sharedPort),
  });
  await prepareConnector();
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
