'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Segmented } from '@/components/ui/segmented';
import { YamlText } from '@/components/ui/yaml-text';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { downloadText } from '@/lib/client/text-export';

type YamlContent = 'manifest' | 'stored';

const CONTENTS = [
  { value: 'manifest', label: 'To apply' },
  { value: 'stored', label: 'As stored' },
] as const;
const EXPLANATIONS: Record<YamlContent, string> = {
  manifest: 'Without status and the fields that the API server and controllers maintain',
  stored: 'As stored on the API server, without managed fields and last-applied configuration',
};

/** The resource as YAML, to read, copy or download: as a manifest to apply again, or as stored. */
export function YamlCard({
  plane,
  detail,
  problem,
}: {
  readonly plane: FleetPlane;
  readonly detail: PlaneDetail | null;
  readonly problem: string | null;
}) {
  const [content, setContent] = useState<YamlContent>('manifest');
  if (detail === null) {
    return (
      <Card title="YAML">
        <p className="text-muted">The plane couldn't be read. {problem}</p>
      </Card>
    );
  }
  const yaml = content === 'manifest' ? detail.manifest : detail.yaml;
  const fileName = [plane.plural, plane.namespace, plane.name].filter(Boolean).join('.');
  return (
    <Card
      title="YAML"
      flush
      actions={
        <div className="flex items-center">
          <CopyButton text={yaml} label="Copy YAML" />
          <Button
            icon
            aria-label="Download YAML"
            title="Download YAML"
            onClick={() => downloadText(yaml, `${fileName}.yaml`, 'application/yaml')}
          >
            <Download size={14} aria-hidden="true" />
          </Button>
        </div>
      }
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2">
        <Segmented label="YAML content" options={CONTENTS} value={content} onChange={setContent} />
        <p className="min-w-0 flex-1 basis-64 text-pretty text-muted text-xs">
          {EXPLANATIONS[content]}
          {notShown(content, detail)}
          {problem === null ? '' : ` May be out of date: ${problem}`}
        </p>
      </div>
      <YamlText yaml={yaml} label="YAML of this plane" className="p-4" />
    </Card>
  );
}

/** The rest of the explanation: what this YAML lacks because it's secret. */
function notShown(content: YamlContent, { manifest, masked: { length } }: PlaneDetail): string {
  if (content === 'manifest')
    return manifest.startsWith('#') ? '. The comments above it name what is hidden.' : '.';
  if (length === 0) return '.';
  return `; ${length === 1 ? 'one secret is' : `${length} secrets are`} hidden.`;
}
