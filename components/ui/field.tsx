import type { ComponentProps, ReactNode } from "react";

export type Control = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

// Drawn here: the icon table would travel to the browser with every form.
const sign = (path: string) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);

type FieldProps = {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  /** What happened, what was kept, what to do. */
  error?: ReactNode;
  children: (control: Control) => ReactNode;
};

/** Label, hint and error around one control; the control is drawn by `children`, which spreads what ties it to them. */
export function Field({ id, label, hint, error, children }: FieldProps) {
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <p className="error" id={`${id}-error`}>
          {sign("M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M12 8v4.5M12 16h.01")}
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

export const Input = ({ className = "", ...rest }: ComponentProps<"input">) => <input className={`input ${className}`} {...rest} />;

export const Textarea = ({ className = "", ...rest }: ComponentProps<"textarea">) => (
  <textarea className={`input ${className}`} {...rest} />
);

export const Select = ({ className = "", ...rest }: ComponentProps<"select">) => (
  <span className="select">
    <select className={`input ${className}`} {...rest} />
    {sign("M6 9.5l6 6 6-6")}
  </span>
);
