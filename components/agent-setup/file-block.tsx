'use client';

import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { YamlText } from '@/components/ui/yaml-text';
import { downloadText } from '@/lib/client/text-export';
import { joinList } from '@/lib/plane/model/text';

/** A YAML file to download or to copy. It can't be used while a value is missing. */
export function FileBlock({
  name,
  text,
  missing,
}: {
  readonly name: string;
  readonly text: string;
  /** Labels of the missing values, as they appear in a sentence. */
  readonly missing: readonly string[];
}) {
  return (
    <div className="mt-2 overflow-hidden rounded-lg border border-line bg-canvas">
      <div className="flex items-center gap-1 border-line border-b py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 font-mono text-muted text-xs [overflow-wrap:anywhere]">{name}</code>
        {missing.length === 0 ? (
          <>
            <Button variant="plain" onClick={() => downloadText(text, name, 'application/yaml')}>
              <Download size={14} aria-hidden="true" />
              Download
            </Button>
            <CopyButton label={`Copy: ${name}`} text={text} />
          </>
        ) : null}
      </div>
      <YamlText yaml={text} label={`File ${name}`} className="overflow-x-auto px-3 py-2.5 text-xs" />
      {missing.length === 0 ? null : (
        <p className="border-line border-t px-3 py-1.5 text-muted text-xs">
          Fill in the {joinList(missing)} first.
        </p>
      )}
    </div>
  );
}
