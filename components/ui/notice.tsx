import { clsx } from 'clsx';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

type Tone = 'error' | 'warning' | 'neutral';

const TONES: Record<Tone, string> = {
  error: 'border-disconnected/35 bg-error-soft',
  warning: 'border-degraded/35 bg-warning-soft',
  neutral: 'border-line bg-neutral-soft',
};

/**
 * A strip with one message above the content that it concerns. `icon` conveys the tone without color, and `details`
 * are below the message.
 */
export function Notice({
  tone,
  icon,
  title,
  children,
  details,
  className,
}: {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly details?: ReactNode;
  readonly className?: string;
}) {
  return (
    <div className={clsx('flex items-start gap-2.5 border px-4 py-2', TONES[tone], className)}>
      <span className="mt-px flex h-[1.1875rem] items-center">{icon}</span>
      <div className="min-w-0 flex-1">
        <p className="text-pretty [overflow-wrap:anywhere]">
          <strong className="font-semibold">{title}</strong>
          {children ? <> {children}</> : null}
        </p>
        {details}
      </div>
    </div>
  );
}

const ICONS = {
  error: (
    <CircleAlert size={14} role="img" aria-label="Error:" className="mt-0.5 shrink-0 text-disconnected" />
  ),
  warning: (
    <TriangleAlert size={14} role="img" aria-label="Warning:" className="mt-0.5 shrink-0 text-degraded" />
  ),
};

/** A sentence whose icon and label convey its tone, not just its color. */
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

/** An error, announced to screen readers at once. */
export function ErrorBox({ children }: { readonly children: ReactNode }) {
  return (
    <div role="alert" className="rounded-lg border border-disconnected/35 bg-error-soft px-3 py-2">
      <IconLine tone="error">{children}</IconLine>
    </div>
  );
}

/** Announces to screen readers what others see on the page. It has to be rendered before it gets a text. */
export function Announcer({ text }: { readonly text: string }) {
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
