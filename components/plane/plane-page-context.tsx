'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { KindFeatures } from '@/lib/plane/model/kind-features';

/** What the server knows for a plane's page that no plane tells. */
export interface PlanePage {
  /** Whether this installation of Planeboard takes no writes at all. */
  readonly readOnly: boolean;
  /** Of the plane's kind, as its schema is served now. */
  readonly features: KindFeatures;
  /** The namespace of OpenChoreo's own components. */
  readonly controlPlaneNamespace: string;
}

const PlanePageContext = createContext<PlanePage | null>(null);

export function PlanePageProvider({
  value,
  children,
}: {
  readonly value: PlanePage;
  readonly children: ReactNode;
}) {
  return <PlanePageContext value={value}>{children}</PlanePageContext>;
}

/** Throws outside of a plane's page. */
export function usePlanePage(): PlanePage {
  const value = useContext(PlanePageContext);
  if (!value) throw new Error('usePlanePage needs a PlanePageProvider above it.');
  return value;
}
