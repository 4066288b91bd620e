'use client';

import { clsx } from 'clsx';
import { memo, type ReactNode } from 'react';
import { PlaneIdText } from '@/components/fields/plane-id-text';
import { Age } from '@/components/ui/time';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useFleetRow } from '@/lib/client/feed/live-fleet';
import { labelKeyOf } from '@/lib/plane/fleet/fleet-view';
import { knownHeartbeat } from '@/lib/plane/health/heartbeat';
import { planeTitle } from '@/lib/plane/model/display-name';
import { labelOf } from '@/lib/plane/model/labels';
import type { Column } from './columns';
import { CertificateCell, HealthCell, KindCell, NameCell, SinceCell } from './plane-cells';
import { SelectionBox } from './selection-box';

const CELL = 'h-13 overflow-hidden px-3 first:pl-9 last:pr-4 max-lg:h-auto max-lg:p-0 max-lg:first:pl-0';

/**
 * One plane: a row of cells on a wide screen, a card of the same cells on a narrow one. All of it is the link,
 * because the name's link covers the row.
 */
export const PlaneRow = memo(function PlaneRow({
  listed,
  index,
  columns,
  focusable,
  selected,
  selecting,
  lastLookMs,
  onSelect,
}: {
  readonly listed: FleetRow;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly focusable: boolean;
  readonly selected: boolean;
  /** Whether any plane is selected. */
  readonly selecting: boolean;
  /** When the person last looked at the list; null: never. */
  readonly lastLookMs: number | null;
  readonly onSelect: (uid: string, range: boolean) => void;
}) {
  const row = useFleetRow(listed.plane.uid) ?? listed;
  const withCertificate = columns.some(({ id }) => id === 'certificate');
  return (
    <tr
      aria-rowindex={index + 2}
      className={clsx(
        'group/row relative has-[a:focus-visible]:bg-hover',
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
        'max-lg:grid max-lg:h-29 max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:content-center max-lg:gap-x-3 max-lg:gap-y-1.5 max-lg:pr-4 max-lg:pl-9',
        'shadow-[inset_0_-1px_0_var(--color-line)]',
      )}
    >
      {columns.map((column, order) => (
        <PlaneCell
          key={column.id}
          column={column}
          row={row}
          index={index}
          focusable={focusable}
          withCertificate={withCertificate}
          lastLookMs={lastLookMs}
        >
          {order === 0 ? (
            <SelectionBox
              label={`Select ${planeTitle(row.plane)}`}
              checked={selected}
              shown={selecting}
              onSelect={(range) => onSelect(row.plane.uid, range)}
            />
          ) : null}
        </PlaneCell>
      ))}
    </tr>
  );
});

function PlaneCell({
  column,
  row,
  index,
  focusable,
  withCertificate,
  lastLookMs,
  children,
}: {
  readonly column: Column;
  readonly row: FleetRow;
  readonly index: number;
  readonly focusable: boolean;
  /** Whether the certificate column is shown; on a narrow screen it replaces the heartbeat. */
  readonly withCertificate: boolean;
  readonly lastLookMs: number | null;
  /** The row's checkbox, in its first cell. */
  readonly children: ReactNode;
}) {
  const { plane } = row;
  // Only the identity of an unreadable resource can be trusted.
  const agent = plane.unreadable ? undefined : plane.agent;
  const label = labelKeyOf(column.id);
  if (label !== undefined) {
    const value = labelOf(plane, label);
    return (
      <td className={clsx(CELL, 'truncate text-muted max-lg:hidden')} title={value}>
        {children}
        {value}
      </td>
    );
  }
  switch (column.id) {
    case 'health':
      return (
        <td className={clsx(CELL, 'max-lg:col-span-2 max-lg:row-start-2')}>
          {children}
          <HealthCell row={row} lastLookMs={lastLookMs} />
        </td>
      );
    case 'since':
      return (
        <td className={clsx(CELL, 'text-right max-lg:hidden')}>
          {children}
          <SinceCell row={row} />
        </td>
      );
    case 'kind':
      return (
        <td className={clsx(CELL, column.yields ? 'max-xl:hidden' : 'max-lg:hidden')}>
          {children}
          <KindCell row={row} />
        </td>
      );
    case 'planeID':
      return (
        <td className={clsx(CELL, column.yields ? 'max-xl:hidden' : 'max-lg:hidden')}>
          {children}
          <PlaneIdText plane={plane} />
        </td>
      );
    case 'owner':
      return (
        <td
          className={clsx(CELL, 'truncate text-muted max-lg:hidden')}
          data-tip={plane.owner}
          data-tip-if-cut=""
        >
          {children}
          {plane.owner}
        </td>
      );
    case 'certificate':
      return (
        <td className={clsx(CELL, 'text-right max-lg:col-start-2 max-lg:row-start-1')}>
          {children}
          <CertificateCell row={row} />
        </td>
      );
    case 'agents':
      return (
        <td className={clsx(CELL, 'tabular text-right max-lg:hidden')}>
          {children}
          {agent ? agent.connectedAgents : <span className="text-muted">–</span>}
        </td>
      );
    case 'heartbeat':
      return (
        <td
          className={clsx(
            CELL,
            'text-right',
            withCertificate ? 'max-lg:hidden' : 'max-lg:col-start-2 max-lg:row-start-1',
          )}
        >
          {children}
          <span className="text-muted lg:hidden">Heartbeat </span>
          <Age at={agent && knownHeartbeat(agent, plane.facts.heartbeatGap)} />
        </td>
      );
    case 'created':
      return (
        <td className={clsx(CELL, 'text-right text-muted max-lg:hidden')}>
          {children}
          <Age at={plane.createdAt} coarse />
        </td>
      );
    default:
      return (
        <th scope="row" className={clsx(CELL, 'text-left font-normal max-lg:col-start-1 max-lg:row-start-1')}>
          {children}
          <NameCell row={row} index={index} focusable={focusable} />
        </th>
      );
  }
}
