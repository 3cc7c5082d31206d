import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { publicPage } from "#lib/core/doors.ts";
import { env } from "#lib/core/env.ts";
import { loginAction } from "#lib/people/actions.ts";
import { LoginView } from "@/components/auth/login-view.tsx";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("auth.login"))("title") });

export default publicPage("login", async () => <LoginView action={loginAction} simulated={env().DEMO !== "0"} />);
