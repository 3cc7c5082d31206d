import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "pg-boss", "pino", "sharp", "@node-rs/argon2", "mediainfo.js"],
};

export default createNextIntlPlugin("./lib/core/i18n.ts")(config);
