import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { isLocale } from "#lib/core/text.ts";
import { Brand } from "../brand.tsx";
import { LocaleSwitch } from "../shell/locale-switch.tsx";
import { Icon } from "../ui/icon.tsx";
import { Note } from "../ui/note.tsx";
import { LoginForm } from "./login-form.tsx";

const facts = [
  [546, "governments"],
  [38, "provinces"],
  [13, "ministryUnits"],
] as const;

type Props = { action: ComponentProps<typeof LoginForm>["action"]; simulated: boolean };

/** Two fields, whom to call, and for whom this is. */
export function LoginView({ action, simulated }: Props) {
  const t = useTranslations("auth.login");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const words = {
    identity: t("identity"),
    password: t("password"),
    show: t("show"),
    hide: t("hide"),
    submit: t("submit"),
    invalid: t("invalid"),
    unavailable: t("unavailable"),
    throttled: t("throttled", { minutes: "#" }),
  };
  return (
    <main className="login">
      <div className="login-side">
        <Brand />
        <div className="login-body">
          <div>
            <h1 className="text-28 font-figure">{t("title")}</h1>
            <p className="mt-1.5 text-ink-2">{t("purpose")}</p>
          </div>
          <LoginForm action={action} words={words} icons={{ show: <Icon name="eye" />, hide: <Icon name="eyeOff" /> }} />
          <p className="text-13 text-ink-3">{t("help")}</p>
          <Note icon={<Icon name="lock" />}>{t("warning")}</Note>
        </div>
        <div className="login-foot">
          <p>{simulated && t("simulated")}</p>
          <LocaleSwitch locale={isLocale(locale) ? locale : "id"} label={shell("language")} />
        </div>
      </div>
      <div className="login-map">
        <p>{t("slogan")}</p>
        <div className="indonesia" />
        <dl className="login-facts">
          {facts.map(([count, key]) => (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
      </div>
    </main>
  );
}
