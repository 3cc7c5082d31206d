import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { env } from "../core/env.ts";
import { log } from "../core/log.ts";
import { secureCookies } from "../core/session.ts";

const opened = z.object({ sessionId: z.uuid(), personId: z.uuid(), name: z.string() });

/**
 * next-auth keeps the cookie; who may log in was decided by `logIn`, which hands over a session row it just opened.
 * The provider is reached only from our own server action: there is no public credentials route.
 */
export const { signIn, signOut } = NextAuth(() => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  // Decided by our own address on both sides: a proxy's header must not name the cookie that session.ts looks for.
  useSecureCookies: secureCookies(),
  session: { strategy: "jwt", maxAge: 12 * 3600 },
  pages: { signIn: "/login" },
  providers: [
    Credentials({
      credentials: { sessionId: {}, personId: {}, name: {} },
      authorize: (given) => {
        const { sessionId, personId, name } = opened.parse(given);
        return { id: personId, name, sid: sessionId };
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user && "sid" in user ? { ...token, sid: user.sid } : token),
  },
  logger: {
    error: (error) => log.warn({ err: error }, "auth"),
    warn: () => {},
    debug: () => {},
  },
}));
