// The database side of schema-engine.mjs: @prisma/adapter-pg, mended where a migration engine needs more than a query engine.
import { createRequire } from "node:module";
import pg from "pg";

const require = createRequire(import.meta.url);
const { PrismaPg } = require("@prisma/adapter-pg");
const { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } = createRequire(require.resolve("@prisma/adapter-pg"))(
  "@prisma/driver-adapter-utils",
);

const CHAR_OID = 18; // the catalogue's own "char", which the adapter does not know
const TEXT_OID = 25;

const nameOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1)) || "postgres";
const quote = (name) => `"${name.replaceAll('"', '""')}"`;

export async function connect(url, database = nameOf(url)) {
  const client = new pg.Client({ ...configOf(url), database });
  await client.connect();
  return client;
}

export async function createDatabase(url) {
  const client = await connect(url, "postgres");
  try {
    await client.query(`CREATE DATABASE ${quote(nameOf(url))}`);
  } catch (error) {
    if (error.code !== "42P04") throw error; // it is there
  } finally {
    await client.end();
  }
  return { databaseName: nameOf(url) };
}

export async function dropDatabase(url) {
  const client = await connect(url, "postgres");
  try {
    await client.query(`DROP DATABASE ${quote(nameOf(url))} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

/** Prisma's code and sentence for what went wrong with a connection. */
export function explain(error, url) {
  const { hostname, port } = new URL(url ?? "postgresql://nowhere");
  if (error.code === "3D000") return ["P1003", `Database \`${nameOf(url)}\` does not exist`];
  if (error.code === "28P01") return ["P1000", `Authentication failed against database server at \`${hostname}\``];
  const unreachable = /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|timeout/.test(String(error.code ?? error.message));
  return unreachable
    ? ["P1001", `Can't reach database server at \`${hostname}:${port || 5432}\``]
    : ["P1010", String(error.message ?? error)];
}

const shadows = new Set();

/** The engine forgets its shadow databases on some of its error paths. */
export async function disposeShadows() {
  for (const shadow of shadows) await shadow.dispose().catch(() => {});
}

export function driverFactory(url) {
  if (!url) return bindMigrationAwareSqlAdapterFactory(new SchemaOnlyFactory({}));
  const config = configOf(url);
  const options = { schema: new URL(url).searchParams.get("schema") ?? undefined };

  class Factory extends PrismaPg {
    async connect() {
      return mended(await super.connect());
    }

    // The adapter's own gives the shadow the name that is in the connection string: the main database.
    async connectToShadowDb() {
      const admin = await this.connect();
      const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
      await admin.executeScript(`CREATE DATABASE ${quote(database)}`);
      const shadow = mended(await new PrismaPg({ ...config, database }, options).connect());
      const disconnect = shadow.dispose.bind(shadow);
      shadow.dispose = async () => {
        if (!shadows.delete(shadow)) return;
        await disconnect();
        await admin.executeScript(`DROP DATABASE IF EXISTS ${quote(database)} WITH (FORCE)`);
        await admin.dispose();
      };
      shadows.add(shadow);
      return shadow;
    }
  }
  return bindMigrationAwareSqlAdapterFactory(new Factory(config, options));
}

/** For comparing schemas without a database: it answers the one question that the engine asks at its start, and no other. */
class SchemaOnlyFactory extends PrismaPg {
  async connect() {
    const adapter = await super.connect();
    adapter.queryRaw = async ({ sql }) => {
      if (!sql.includes("server_version_num")) throw new Error("no database URL is set");
      return {
        columnNames: ["exists", "version", "numeric_version"],
        columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
        rows: [[true, "PostgreSQL 18", 180000]],
      };
    };
    return adapter;
  }
}

function configOf(url) {
  const { hostname, port, username, password, searchParams } = new URL(url);
  const ssl = searchParams.get("sslmode") ?? "disable";
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: nameOf(url),
    connectionTimeoutMillis: 5000,
    max: 4,
    ...(ssl !== "disable" && { ssl: { rejectUnauthorized: ssl.startsWith("verify") } }),
  };
}

function mended(adapter) {
  readCharColumns(Object.getPrototypeOf(Object.getPrototypeOf(adapter))); // shared with the adapter's transactions
  // The adapter's own splits at every semicolon, also inside functions and strings.
  adapter.executeScript = async function (script) {
    try {
      await this.underlyingDriver().query(script);
    } catch (error) {
      this.onError(error);
    }
  };
  return adapter;
}

function readCharColumns(queryable) {
  if (queryable.readsCharColumns) return;
  queryable.readsCharColumns = true;
  const { performIO, queryRaw } = queryable;
  queryable.queryRaw = async function (query) {
    const chars = [];
    const asText = async (asked) => {
      const result = await performIO.call(this, asked);
      for (const [index, field] of result.fields.entries()) {
        if (field.dataTypeID !== CHAR_OID) continue;
        field.dataTypeID = TEXT_OID;
        chars.push(index);
      }
      return result;
    };
    const result = await queryRaw.call(Object.create(this, { performIO: { value: asText } }), query);
    for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
}
