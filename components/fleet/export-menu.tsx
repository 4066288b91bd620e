'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuGroup, MenuItem } from '@/components/ui/menu';
import type { ExportReport } from '@/lib/api/exports';
import { postJson } from '@/lib/client/api/api-request';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { currentRows } from '@/lib/client/feed/live-fleet';
import { tickNowMs } from '@/lib/client/feed/tick';
import { copyText, downloadText } from '@/lib/client/text-export';
import { entriesToCsv, entriesToJson } from '@/lib/plane/fleet/fleet-export';
import { isSourceReading } from '@/lib/plane/fleet/source-state';
import { planeCountText } from '@/lib/plane/model/text';

const FORMATS = {
  csv: { label: 'CSV', type: 'text/csv', write: entriesToCsv },
  json: { label: 'JSON', type: 'application/json', write: entriesToJson },
} as const;
type Format = keyof typeof FORMATS;

/**
 * Reports an export for the server's audit log. The page already has the planes, so it doesn't depend on the answer.
 */
function report(format: Format, target: ExportReport['target'], planes: number): void {
  postJson('/api/exports', { format, target, planes } satisfies ExportReport).catch(() => {});
}

/** Copies or downloads the planes that the list shows, in its order. */
export function ExportMenu({ rows }: { readonly rows: readonly FleetRow[] }) {
  const [status, setStatus] = useState('');
  const { sources } = useFleetMeta();
  const caution = sources.some(isSourceReading) ? ' Not complete: some kinds are still being read.' : '';
  const text = (format: Format) => FORMATS[format].write(currentRows(rows), tickNowMs());
  const copy = async (format: Format) => {
    const copied = await copyText(text(format));
    if (copied) report(format, 'clipboard', rows.length);
    setStatus(
      copied
        ? `Copied ${planeCountText(rows.length)} as ${FORMATS[format].label}.${caution}`
        : "Couldn't copy. Your browser blocked access to the clipboard.",
    );
  };
  const download = (format: Format) => {
    const day = new Date(tickNowMs()).toISOString().slice(0, 10);
    downloadText(text(format), `planes-${day}.${format}`, FORMATS[format].type);
    report(format, 'file', rows.length);
    setStatus(`Saved ${planeCountText(rows.length)} as ${FORMATS[format].label}.${caution}`);
  };
  return (
    <>
      <Menu
        label="Export"
        button={{
          variant: 'outline',
          'aria-label': 'Export',
          disabled: rows.length === 0,
          children: (
            <>
              <Download size={14} aria-hidden="true" />
              <span className="max-sm:hidden">Export</span>
            </>
          ),
        }}
      >
        <MenuGroup title={`${planeCountText(rows.length)} as shown`}>
          <MenuItem onSelect={() => download('csv')}>Download CSV</MenuItem>
          <MenuItem onSelect={() => download('json')}>Download JSON</MenuItem>
          <MenuItem onSelect={() => copy('csv')}>Copy as CSV</MenuItem>
          <MenuItem onSelect={() => copy('json')}>Copy as JSON</MenuItem>
        </MenuGroup>
      </Menu>
      <span role="status" className="sr-only">
        {status}
      </span>
    </>
  );
}
