import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const nextConfig: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  experimental: {
    // What a form or a part of an imported sheet may weigh; the proxy buffers a little more, to see that it is too much.
    serverActions: { bodySizeLimit: "1mb" },
    proxyClientMaxBodySize: "2mb",
  },
  serverExternalPackages: ["pino", "posthog-node", "expo-server-sdk", "@slack/web-api"],
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(nextConfig);
