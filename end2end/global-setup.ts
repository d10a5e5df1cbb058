// One server for all browser tests, on a fresh copy of the demo municipality.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noaber, sharedPort, startServer } from "./server.ts";

export default async function globalSetup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "noaber-e2e-"));
  const database = `sqlite:${join(folder, "demo.db")}`;
  noaber(database, "seed", "--set", "demo");
  const server = await startServer(database, sharedPort);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
