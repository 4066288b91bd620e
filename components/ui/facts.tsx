import type { ReactNode } from 'react';

/** A list of names and values. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="grid gap-y-2">{children}</dl>;
}

export function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[minmax(8rem,16rem)_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
