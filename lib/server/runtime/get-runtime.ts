import 'server-only';
import { getConfig } from '@/lib/server/config/config';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';
import { log } from '@/lib/server/log/log';
import { processSlot } from '@/lib/server/process/process-slot';
import { createRuntime, type Runtime } from './create-runtime';

/**
 * Returns the process's runtime, started on first use.
 *
 * @throws KubeconfigError, which stops the start of the server
 */
export function getRuntime(): Runtime {
  return processSlot('runtime', () => {
    const config = getConfig();
    return createRuntime({ config, loadCredential: kubeconfigLoader(config.context), log: log() });
  });
}
