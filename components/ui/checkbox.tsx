import type { ComponentProps, ReactNode } from 'react';

/** A checkbox with its words beside it. Inside a `Field`, spread the control's props on it. */
export function Checkbox({
  children,
  ...rest
}: Omit<ComponentProps<'input'>, 'type' | 'className'> & { readonly children: ReactNode }) {
  return (
    <label className="inline-flex min-h-8 items-center gap-2.5">
      <input type="checkbox" className="size-4 shrink-0 accent-accent" {...rest} />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
