import { FleetScreen } from '@/components/fleet/fleet-screen';
import { parseFleetView } from '@/lib/plane/fleet/fleet-url';
import { getConfig } from '@/lib/server/process/config';
import { fleetHead } from './fleet-head';
import { pageSnapshot } from './page-data';

/** The fleet. */
export default async function FleetPage({ searchParams }: PageProps<'/'>) {
  const [snapshot, params] = await Promise.all([pageSnapshot(), searchParams]);
  const get = (name: string) => {
    const value = params[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  return <FleetScreen first={fleetHead(snapshot, parseFleetView({ get }))} readOnly={getConfig().readOnly} />;
}
