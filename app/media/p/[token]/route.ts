import { now } from "#lib/core/clock.ts";
import { publicRoute } from "#lib/core/doors.ts";
import { readKept } from "#lib/core/storage.ts";
import { readPublicLink } from "#lib/media/public-links.ts";

export const dynamic = "force-dynamic";

const gone = () => new Response(null, { status: 404, headers: { "cache-control": "no-store" } });

/** One picture for a platform that fetches what it publishes. A wrong, altered or ended link and a missing picture answer alike. */
export const GET = publicRoute("public-picture", async (_request, { params }) => {
  const picture = readPublicLink(params.token ?? "", now());
  const bytes = picture && (await readKept(picture.digest).catch(() => null));
  if (!bytes) return gone();
  return new Response(Buffer.from(bytes), {
    headers: {
      "content-type": picture.mime,
      "content-length": String(bytes.length),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'",
    },
  });
});
