import type { CSSProperties } from 'react';
import type { HealthState } from '@/lib/plane/health-state';

/** The wall's own colours of a state: its ground, what is cut out of its shape, and the state's own colour. */
export function healthGround(state: HealthState | 'maintenance'): CSSProperties {
  return {
    '--state': `var(--color-${state})`,
    '--shape-cut': `var(--ground-${state})`,
    background: `var(--ground-${state})`,
  } as CSSProperties;
}
