import 'server-only';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';
import { getConfig } from './config';
import { createRuntime, type Runtime } from './create-runtime';
import { log } from './log';
import { processSlot } from './process-slot';

/** The process's runtime, started on first use. Throws a KubeconfigError, which stops the start of the server. */
export function getRuntime(): Runtime {
  return processSlot('runtime', () => {
    const config = getConfig();
    return createRuntime({ config, loadCredential: kubeconfigLoader(config.context), log: log() });
  });
}
