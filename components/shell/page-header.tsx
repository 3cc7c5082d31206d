import type { ReactNode } from "react";

type HeaderProps = {
  title: ReactNode;
  /** What the page is for, in one line. */
  purpose?: ReactNode;
  /** The page's one primary action; on phones it shrinks to its icon. */
  action?: ReactNode;
  /** Further actions for wide screens. */
  tools?: ReactNode;
};

export function PageHeader({ title, purpose, action, tools }: HeaderProps) {
  return (
    <header className="top">
      <div className="top-title">
        <h1>{title}</h1>
        {purpose && <p>{purpose}</p>}
      </div>
      {(action || tools) && (
        <div className="top-actions">
          {tools && <div className="top-tools">{tools}</div>}
          {action}
        </div>
      )}
    </header>
  );
}

/** The page's content. `work` fills the width and brings its own columns (inbox, review, composer). */
export function Page({ work = false, children }: { work?: boolean; children: ReactNode }) {
  return (
    <main id="isi" className={work ? "work" : "page"}>
      {children}
    </main>
  );
}
