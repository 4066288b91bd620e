import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';

/** A notice about an edit, beside what you can do about it. */
export function EditNotice({
  tone = 'neutral',
  icon,
  title,
  actions,
  children,
}: {
  readonly tone?: 'warning' | 'neutral';
  readonly icon: ReactNode;
  readonly title: string;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Notice tone={tone} icon={icon} title={title} className="min-w-0 flex-1 basis-72 rounded-lg">
        {children}
      </Notice>
      {actions}
    </div>
  );
}
