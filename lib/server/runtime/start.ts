import 'server-only';
import { setPace } from '@/lib/plane/time/pace';
import { getConfig, parseConfig } from '@/lib/server/config/config';
import { openHttpEntry } from '@/lib/server/http/entry/http-entry';
import { IMPERSONATING_KUBECONFIG } from '@/lib/server/kube/impersonated-connection';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';
import { KubeconfigError } from '@/lib/server/kube/kubeconfig-error';
import { log } from '@/lib/server/log/log';
import { processSlot } from '@/lib/server/process/process-slot';
import { createRuntime, type Runtime } from './create-runtime';
import { getRuntime } from './get-runtime';

/** How long streams get to send their last frame before the process ends. */
const LAST_FRAME_MS = 250;

/**
 * Starts everything that lives as long as the process, before the first request. A wrong setting ends the process
 * with one sentence. An unreachable API server doesn't: pages report it, and the server retries for ever.
 */
export function startServer(): void {
  const outcome = parseConfig(process.env);
  if (!outcome.ok) stop(outcome.problems.join(' '));
  try {
    const { readOnly, context, testPace } = getConfig();
    setPace(testPace);
    if (testPace !== 1) log().warn({ testPace }, 'runs at the pace of a test');
    openHttpEntry(getConfig(), process.env.NODE_ENV === 'development');
    const { installation } = startRuntime();
    log().info({ installation, readOnly, ...(context ? { context } : {}) }, 'planeboard is starting');
  } catch (error) {
    stop(error instanceof Error ? error.message : 'Unknown error.');
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => shutDown(signal));
}

/**
 * Starts the process's runtime.
 *
 * @throws KubeconfigError, which stops the start of the server
 */
function startRuntime(): Runtime {
  return processSlot('runtime', () => {
    const config = getConfig();
    const loadCredential = kubeconfigLoader(config.context);
    if (config.impersonation && Object.keys(loadCredential().impersonation).length > 0)
      throw new KubeconfigError(IMPERSONATING_KUBECONFIG);
    return createRuntime({ config, loadCredential, log: log() });
  });
}

/**
 * Ends open streams first, with a moment for their last frame, because they would keep the process running for ever.
 */
function shutDown(signal: 'SIGTERM' | 'SIGINT'): void {
  getRuntime()
    .stop()
    // The process ends anyway, and the failure must not become an unhandled rejection.
    .catch((error: unknown) =>
      log().error({ error: error instanceof Error ? error.name : typeof error }, 'shutdown failed'),
    );
  setTimeout(() => process.exit(exitCode(signal)), LAST_FRAME_MS);
}

function exitCode(signal: 'SIGTERM' | 'SIGINT'): number {
  return signal === 'SIGTERM' ? 143 : 130;
}

function stop(sentence: string): never {
  process.stderr.write(`Planeboard can't start: ${sentence}\n`);
  process.exit(1);
}
