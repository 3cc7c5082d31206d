import type { Route } from "next";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { page } from "#lib/core/doors.ts";
import { readNotice } from "#lib/notices/reading.ts";

/** The way from a notice, also one in a mail: marks the reader's own as read and leads to where it is attended to. */
export default page("today.read", async ({ actor, params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) notFound();
  const { link } = await readNotice(actor, { noticeId: id.data });
  redirect(link as Route);
});
