import { join } from 'node:path';
import { AGENT_HELP, parseAgentArguments } from '@/demo/cli/agent-arguments';
import { agentIdentity } from '@/demo/cli/agent-identity';
import { DEMO_ROOT, type RunningDemo, runningDemos } from '@/demo/cli/demo-folder';
import { UsageError } from '@/demo/cli/options';
import { Shutdown } from '@/demo/cli/shutdown';
import { AgentClient, type Verdicts } from '@/demo/gateway/agent-client';

/**
 * `npm run demo:agent`: runs the agent of one plane. It creates a certificate, prints the CA to register, connects to
 * the gateway of the running demo, and prints which planes of its planeID accept the certificate.
 */

async function findDemo(release: string | undefined): Promise<RunningDemo> {
  const demos = (await runningDemos()).filter((demo) => release === undefined || demo.release === release);
  const [demo, another] = demos;
  if (!demo) throw new UsageError('No demo is running from this folder. Start one with "npm run demo".');
  if (another) {
    const releases = demos.map((item) => item.release).join(', ');
    throw new UsageError(`Several demos are running (${releases}). Choose one with --release.`);
  }
  return demo;
}

function printVerdicts(planeID: string, verdicts: Verdicts): void {
  if (verdicts.length === 0) {
    console.log(`No plane has planeID "${planeID}" yet. Register one with the CA above.`);
  }
  for (const { plane, accepted, reason } of verdicts) {
    console.log(accepted ? `Accepted by ${plane}.` : `Rejected by ${plane}: ${reason}.`);
  }
}

let connected = false;

/** Returns what a real agent logs when it can't connect, or when its connection is lost. */
function logLine(reason: string): string {
  const was = connected;
  connected = false;
  return was
    ? 'level=INFO msg="connection lost, reconnecting" delay=5s'
    : `level=ERROR msg="connection failed" error="dial failed: ${reason}" retryAfter=5s`;
}

async function main(): Promise<number> {
  const args = parseAgentArguments(process.argv.slice(2));
  if (!args) {
    console.log(AGENT_HELP);
    return 0;
  }
  const demo = await findDemo(args.release);
  const identity = await agentIdentity(join(DEMO_ROOT, 'agents'), args);
  console.log(`Agent CA to register (spec.clusterAgent.clientCA):\n\n${identity.caPem.trim()}\n`);

  const { entry, planeID } = args;
  const url = args.server ?? demo.gatewayUrl;
  let shown = '';
  const client = new AgentClient({
    url,
    planeType: entry.planeType,
    planeID,
    gatewayCaPem: demo.gatewayCaPem,
    certPem: identity.certPem,
    keyPem: identity.keyPem,
    onConnected: () => {
      shown = '';
      connected = true;
      console.log(`Connected to ${url} as ${entry.planeType} "${planeID}". Press Ctrl-C to stop.`);
    },
    onVerdicts: (verdicts) => {
      const text = JSON.stringify(verdicts);
      if (text !== shown) printVerdicts(planeID, verdicts);
      shown = text;
    },
    onDisconnected: (reason) => console.log(logLine(reason)),
  });
  const shutdown = new Shutdown();
  client.start();
  const ending = await shutdown.requested;
  client.stop();
  return ending.code;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
