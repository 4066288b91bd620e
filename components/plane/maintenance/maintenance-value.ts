import type { PlaneValue } from '@/components/plane/edit/use-value-change';
import { tickNowMs } from '@/lib/client/feed/tick';
import { maintenanceText } from '@/lib/plane/health/maintenance';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import type { Plane } from '@/lib/plane/model/plane';

const value = {
  seen: ({ maintenance }: Plane) =>
    maintenance === undefined ? '' : JSON.stringify([maintenance.until, maintenance.reason ?? '']),
  theirs: ({ maintenance }: Plane) =>
    maintenance === undefined
      ? 'ended the maintenance'
      : `set maintenance ${maintenanceText(maintenance, tickNowMs())}`,
};

/** Sets or changes a plane's maintenance. */
export const MAINTENANCE: PlaneValue<Maintenance> = {
  ...value,
  changes: (maintenance) => ({ maintenance }),
  again: 'Save again to put yours in its place.',
};

/** Ends it before its time. */
export const MAINTENANCE_END: PlaneValue<null> = {
  ...value,
  changes: () => ({ maintenance: null }),
  again: 'Nothing was ended.',
};
