import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type Tone = 'trouble' | 'warning' | 'neutral';

const TONES: Record<Tone, string> = {
  trouble: 'border-disconnected/35 bg-trouble-soft',
  warning: 'border-degraded/35 bg-warning-soft',
  neutral: 'border-line bg-neutral-soft',
};

/** A strip that tells one thing above what it concerns. `icon` carries the tone for those who don't see colour. */
export function Notice({
  tone,
  icon,
  title,
  children,
  className,
}: {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  return (
    <div className={clsx('flex items-start gap-2.5 border px-4 py-2', TONES[tone], className)}>
      <span className="mt-px flex h-[1.1875rem] items-center">{icon}</span>
      <p className="min-w-0 text-pretty [overflow-wrap:anywhere]">
        <strong className="font-semibold">{title}</strong>
        {children ? <> {children}</> : null}
      </p>
    </div>
  );
}
