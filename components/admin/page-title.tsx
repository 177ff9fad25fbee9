import type { ReactNode } from "react";

/** The head of a page of the admin. */
export function PageTitle({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-6">
      <h1 className="text-title font-medium">{title}</h1>
      {children ? <div className="text-faint">{children}</div> : null}
    </header>
  );
}

/** The head of a part of a page. */
export function PartTitle({ children, id }: { children: ReactNode; id?: string }) {
  return (
    <h2 id={id} className="mt-10 mb-2 font-medium">
      {children}
    </h2>
  );
}
