import type { CSSProperties } from 'react';
import type { AttentionState } from '@/lib/plane/health/attention';

/** The wall's own colours of a state: its ground, what is cut out of its shape, and the state's own colour. */
export function healthGround(state: AttentionState): CSSProperties {
  return {
    '--state': `var(--color-${state})`,
    '--shape-cut': `var(--ground-${state})`,
    background: `var(--ground-${state})`,
  } as CSSProperties;
}
