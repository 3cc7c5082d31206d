import NextLink, { type LinkProps } from "next/link";

/** A link that fetches its page when it is pressed: a list of forty must not ask the server for forty pages. */
export default function Link<R extends string>(props: LinkProps<R>) {
  return <NextLink prefetch={false} {...props} />;
}
