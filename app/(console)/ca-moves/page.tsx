import type { Metadata } from 'next';
import { pageCaller, pageSnapshot } from '@/app/(console)/page-data';
import { CaMovesScreen } from '@/components/ca-moves/ca-moves-screen';
import { QueryProvider } from '@/lib/client/api/query-provider';
import { isMoveOpen, isMoveUnchecked } from '@/lib/plane/agent-setup/ca-move';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import { getCatalog } from '@/lib/server/catalog/served-kinds';

export const metadata: Metadata = { title: 'Move planes to their own CAs' };

/** The planes that depend on their agent's self-signed certificate, and how far each has moved to a CA. */
export default async function CaMovesPage() {
  const [{ planes }, { kinds }] = await Promise.all([pageSnapshot(), pageCaller().then(getCatalog)]);
  const features = kinds.map(({ plural, schema }) => [plural, kindFeatures(schema)] as const);
  return (
    <QueryProvider>
      <CaMovesScreen
        initial={planes.filter(isMoveOpen)}
        initialTotal={planes.length}
        initiallyUnchecked={planes.filter(isMoveUnchecked).length}
        features={Object.fromEntries(features)}
      />
    </QueryProvider>
  );
}
