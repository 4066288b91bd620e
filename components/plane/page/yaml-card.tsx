'use client';

import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { YamlText } from '@/components/ui/yaml-text';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { downloadText } from '@/lib/client/text-export';

/** The stored resource as YAML, to read, copy or download. */
export function YamlCard({
  plane,
  detail,
  problem,
}: {
  readonly plane: FleetPlane;
  readonly detail: PlaneDetail | null;
  readonly problem: string | null;
}) {
  if (detail === null) {
    return (
      <Card title="YAML">
        <p className="text-muted">The plane couldn't be read. {problem}</p>
      </Card>
    );
  }
  const fileName = [plane.plural, plane.namespace, plane.name].filter(Boolean).join('.');
  return (
    <Card
      title="YAML"
      flush
      actions={
        <div className="flex items-center">
          <CopyButton text={detail.yaml} label="Copy YAML" />
          <Button
            icon
            aria-label="Download YAML"
            title="Download YAML"
            onClick={() => downloadText(detail.yaml, `${fileName}.yaml`, 'application/yaml')}
          >
            <Download size={14} aria-hidden="true" />
          </Button>
        </div>
      }
    >
      <p className="border-line border-b px-4 py-2 text-muted text-xs">
        As stored on the API server, without managed fields and last-applied configuration
        {detail.masked.length > 0
          ? `; ${detail.masked.length === 1 ? 'one secret is' : `${detail.masked.length} secrets are`} hidden.`
          : '.'}
        {problem === null ? '' : ` May be out of date: ${problem}`}
      </p>
      <YamlText yaml={detail.yaml} label="YAML of this plane" className="p-4" />
    </Card>
  );
}
