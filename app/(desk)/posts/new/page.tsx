import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { reaches } from "#lib/core/access.ts";
import { page } from "#lib/core/doors.ts";
import { currentUnit, isGovernment, unitsOf } from "#lib/units/queries.ts";
import { Compose } from "../compose.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("posts.composer"))("title") });

/** Writes for the chosen unit; where that is a government or a unit one only verifies for, for the first one writes for. */
export default page("post.write", async ({ actor }) => {
  const chosen = await currentUnit(actor);
  const writes = (unit: typeof chosen) =>
    !isGovernment(unit) && reaches(actor, "post.write", { unitId: unit.id, governmentId: unit.governmentId });
  const unit = writes(chosen) ? chosen : (await unitsOf(actor)).find(writes);
  if (!unit) notFound();
  return <Compose unit={unit} post={null} />;
});
