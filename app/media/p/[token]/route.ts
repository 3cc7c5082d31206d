import { now } from "#lib/core/clock.ts";
import { publicRoute } from "#lib/core/doors.ts";
import { readPublicLink } from "#lib/media/public-links.ts";
import { serveKept } from "#lib/media/serving.ts";

export const dynamic = "force-dynamic";

const gone = () => new Response(null, { status: 404, headers: { "cache-control": "no-store" } });

/** One picture or video for a platform that fetches what it publishes. A wrong, altered or ended link and a missing file answer alike. */
export const GET = publicRoute("public-picture", async (request, { params }) => {
  const file = readPublicLink(params.token ?? "", now());
  return (file && (await serveKept(request, file, "no-store"))) ?? gone();
});
