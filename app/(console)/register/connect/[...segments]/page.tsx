import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { firstValue, identityOfSegments, pageCaller, pageSnapshot } from '@/app/(console)/page-data';
import { AgentSetupScreen } from '@/components/agent-setup/agent-setup-screen';
import { parseSetupParameters } from '@/lib/plane/agent-setup/setup-link';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';
import { siblingKey } from '@/lib/plane/model/references';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import { getCatalog } from '@/lib/server/catalog/served-kinds';
import { getConfig } from '@/lib/server/config/config';

type Props = PageProps<'/register/connect/[...segments]'>;

async function identityOf({ params }: Props): Promise<PlaneIdentity | undefined> {
  return identityOfSegments((await params).segments);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const identity = await identityOf(props);
  return { title: identity ? `Connect ${identity.name}` : 'Connect a plane' };
}

/**
 * The page that waits for a plane's agent. The plane may not exist yet: a colleague or git may be about to create it.
 */
export default async function AgentSetupPage(props: Props) {
  const identity = await identityOf(props);
  const entry = identity && kindOfPlural(identity.plural);
  if (!identity || !entry) return notFound();
  const [search, { planes }, catalog] = await Promise.all([
    props.searchParams,
    pageSnapshot(),
    pageCaller().then(getCatalog),
  ]);
  const parameters = parseSetupParameters((name) => firstValue(search, name));
  const { controlPlaneNamespace, readOnly } = getConfig();
  const key = planeKey(identity);
  const own = planes.find((plane) => planeKey(plane) === key);
  const planeID = own?.planeID ?? parameters.planeID;
  const others = planes.filter(
    (plane) => plane !== own && planeID !== null && siblingKey(plane) === `${entry.planeType}/${planeID}`,
  );
  return (
    <AgentSetupScreen
      key={key}
      entry={entry}
      identity={identity}
      features={kindFeatures(catalog.kinds.find(({ plural }) => plural === entry.plural)?.schema)}
      parameters={parameters}
      initial={own ? [own, ...others] : others}
      controlPlaneNamespace={controlPlaneNamespace}
      readOnly={readOnly}
    />
  );
}
