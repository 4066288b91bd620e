import { startSlots } from '@/testing/control-plane/slots';
import { WORKERS } from './workers';

/** Starts the control planes for a run without the runner, such as one test file. Returns what stops them. */
export default function setup(): Promise<() => Promise<void>> {
  return startSlots(WORKERS);
}
