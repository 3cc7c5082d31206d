import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "./env.ts";
import { Prisma, PrismaClient } from "./generated/client.ts";

function connect() {
  const adapter = new PrismaPg({
    connectionString: env().DATABASE_URL,
    max: 8,
    connectionTimeoutMillis: 5000,
    options: `-c statement_timeout=${env().STATEMENT_TIMEOUT_MS} -c timezone=UTC`,
  });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 5000, timeout: 15000 } });
}

const shared = globalThis as { gardaDb?: PrismaClient };

/** The database, connected at first use; one pool a process, also across reloads in development. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, key) {
    shared.gardaDb ??= connect();
    const value = Reflect.get(shared.gardaDb, key);
    return typeof value === "function" ? value.bind(shared.gardaDb) : value;
  },
});

export type Tx = Prisma.TransactionClient;
export { Prisma };
