'use client';

import { clsx } from 'clsx';
import { FileUp } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { readTextFile } from './read-file';

/**
 * Reads a file as text when it is dropped on the children or chosen with the button.
 * @param beside is shown next to the button
 */
export function FileDrop({
  limitBytes,
  onText,
  onProblem,
  beside,
  children,
}: {
  readonly limitBytes: number;
  readonly onText: (text: string) => void;
  readonly onProblem: (problem: string) => void;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);

  const take = async (files: FileList | null) => {
    const [file, another] = files ?? [];
    if (!file) return;
    if (another) return onProblem('Drop one file at a time.');
    const read = await readTextFile(file, limitBytes);
    if ('text' in read) onText(read.text);
    else onProblem(read.problem);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button below.
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setOver(false);
      }}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files);
      }}
      className={clsx('rounded-md', isOver && 'outline-2 outline-accent outline-dashed outline-offset-4')}
    >
      {children}
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button variant="outline" onClick={() => input.current?.click()}>
          <FileUp size={14} aria-hidden="true" />
          Choose a file
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          onChange={(event) => {
            void take(event.target.files);
            // Without this, choosing the same file again triggers no change event.
            event.target.value = '';
          }}
        />
        <span className="min-w-0 flex-1 text-muted text-xs">{beside}</span>
      </div>
    </div>
  );
}
