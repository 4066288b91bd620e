import type { Metadata } from 'next';
import { pageSnapshot } from '@/app/(console)/page-data';
import { CaMovesScreen } from '@/components/ca-moves/ca-moves-screen';
import { isMoveOpen, isMoveUnchecked } from '@/lib/plane/agent-setup/ca-move';

export const metadata: Metadata = { title: 'Move planes to their own CAs' };

/** The planes that depend on their agent's self-signed certificate, and how far each has moved to a CA. */
export default async function CaMovesPage() {
  const { planes } = await pageSnapshot();
  return (
    <CaMovesScreen
      initial={planes.filter(isMoveOpen)}
      initiallyUnchecked={planes.filter(isMoveUnchecked).length}
    />
  );
}
