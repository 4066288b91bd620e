'use client';

import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { downloadText } from '@/lib/client/download-text';
import { type YamlTokenType, yamlTokens } from '@/lib/client/yaml-tokens';

const TONES: Record<YamlTokenType, string> = {
  plain: '',
  key: 'text-accent',
  string: 'text-healthy',
  literal: 'text-stale',
  comment: 'text-muted italic',
  mark: 'text-muted',
};

/** The resource as the API server has it, to read and to take along. */
export function YamlCard({
  plane,
  detail,
  problem,
}: {
  readonly plane: FleetPlane;
  readonly detail: PlaneDetail | null;
  readonly problem: string | null;
}) {
  const lines = useMemo(() => yamlTokens(detail?.yaml ?? ''), [detail]);
  if (detail === null) {
    return (
      <Card title="YAML">
        <p className="text-muted">Not known: the plane could not be read. {problem}</p>
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
        As the API server has it, without managed fields and last-applied configuration
        {detail.masked.length > 0
          ? `; ${detail.masked.length === 1 ? 'one secret is' : `${detail.masked.length} secrets are`} hidden.`
          : '.'}
        {problem === null ? '' : ` Not up to date: ${problem}`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys, or long lines stay unread. */}
      <section aria-label="YAML of this plane" tabIndex={0} className="overflow-x-auto p-4">
        <pre className="font-mono text-xs leading-5">
          {lines.map((tokens, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its number.
            <div key={line} className="min-h-5">
              {tokens.map((token, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: so has a token within its line.
                <span key={index} className={TONES[token.type]}>
                  {token.text}
                </span>
              ))}
            </div>
          ))}
        </pre>
      </section>
    </Card>
  );
}
