import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const ICONS = {
  error: (
    <CircleAlert size={14} role="img" aria-label="Error:" className="mt-0.5 shrink-0 text-disconnected" />
  ),
  warning: (
    <TriangleAlert size={14} role="img" aria-label="Warning:" className="mt-0.5 shrink-0 text-degraded" />
  ),
};

/** A sentence of a tone that shape and name carry, not colour alone. */
export function IconLine({
  tone,
  children,
}: {
  readonly tone: keyof typeof ICONS;
  readonly children: ReactNode;
}) {
  return (
    <p className="flex items-start gap-2">
      {ICONS[tone]}
      <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}

/** What failed, told at once to screen readers too. */
export function ErrorBox({ children }: { readonly children: ReactNode }) {
  return (
    <div role="alert" className="rounded-lg border border-disconnected/35 bg-trouble-soft px-3 py-2">
      <IconLine tone="error">{children}</IconLine>
    </div>
  );
}
