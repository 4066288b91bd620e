import { useSyncExternalStore } from 'react';
import { adviceCommand } from '@/lib/plane/agent-setup/advice-commands';
import type { CommandValue } from '@/lib/plane/agent-setup/command-values';
import type { Advice } from '@/lib/plane/agent-setup/setup-check';
import type { KindEntry } from '@/lib/plane/model/kinds';
import { emptySetupMemory, readSetupMemory, rememberedValue, subscribeSetupMemory } from './setup-memory';

/** A command of an advice, filled in as far as can be, and what is missing in it; null where the advice has none. */
export type CommandOfAdvice = (
  advice: Advice,
) => { readonly command: string; readonly missing: readonly CommandValue[] } | null;

/** The commands of what the checks advise, with the contexts that this browser remembers. */
export function useAdviceCommands(
  { role, planeType }: KindEntry,
  planeID: string,
  controlPlaneNamespace: string,
): CommandOfAdvice {
  const memory = useSyncExternalStore(subscribeSetupMemory, readSetupMemory, emptySetupMemory);
  const contextOf = (name: 'planeContext' | 'controlPlaneContext') =>
    rememberedValue(memory, name, `${planeType}/${planeID}`) || null;
  const places = {
    planeContext: contextOf('planeContext'),
    controlPlaneContext: contextOf('controlPlaneContext'),
    controlPlaneNamespace,
  };
  return ({ command }) => {
    const text = command === undefined ? null : adviceCommand(command, role, places);
    if (text === null) return null;
    const needed = command === 'control-plane-pods' ? 'controlPlaneContext' : 'planeContext';
    return { command: text, missing: places[needed] === null ? [needed] : [] };
  };
}
