import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "pg-boss", "pino", "sharp", "@node-rs/argon2", "mediainfo.js", "read-excel-file", "write-excel-file"],
  // A table of planned posts may have 2 MB.
  experimental: { serverActions: { bodySizeLimit: "3mb" } },
};

export default createNextIntlPlugin("./lib/core/i18n.ts")(config);
