import { join } from 'node:path';
import { resolveControlPlaneBinaries } from '@/demo/binaries/resolve-binaries';
import { DEMO_HELP, type DemoArguments, parseDemoArguments } from '@/demo/cli/demo-arguments';
import { takeDemoFolder } from '@/demo/cli/demo-folder';
import { UsageError } from '@/demo/cli/options';
import { startPlaneboard } from '@/demo/cli/planeboard-process';
import { Shutdown } from '@/demo/cli/shutdown';
import { printedSteps } from '@/demo/cli/steps';
import { isPortFree } from '@/demo/process/free-port';
import type { ExitReport } from '@/demo/process/supervised-process';
import { startDemoSignIn } from '@/demo/sign-in/demo-sign-in';
import { ensureBuild } from './build';
import { startDemoControlPlane } from './demo-control-plane';

/**
 * `npm run demo`: runs a real control plane with a fleet, the simulated OpenChoreo components, and the dashboard in
 * one terminal. When it ends, all of them end.
 */

/** Ends a started part. The cleanups run in reverse order. */
type Cleanup = () => Promise<unknown>;

async function start(args: DemoArguments, shutdown: Shutdown, cleanups: Cleanup[]): Promise<void> {
  if (!(await isPortFree(args.port))) {
    throw new UsageError(`Port ${args.port} is in use. Choose another with --port or PORT.`);
  }
  const folder = await takeDemoFolder(args.release, args.reset);
  cleanups.push(folder.release);
  console.log(`Planeboard demo, plane API of OpenChoreo ${args.release}`);
  const step = printedSteps(console.log);
  const say = (line: string) => console.log(`    ${line}`);
  const onExit = (report: ExitReport) => {
    if (!report.expected) shutdown.fail(describeExit(report));
  };

  await step('Control plane binaries', () => resolveControlPlaneBinaries(say));
  if (!args.dev) await step('Production build', () => ensureBuild(say));
  const signIn = await startDemoSignIn(args.auth, folder.path);
  cleanups.push(signIn.stop);
  const demo = await startDemoControlPlane({
    apiServerFlags: signIn.apiServerFlags,
    release: args.release,
    dataDir: folder.path,
    speed: args.speed,
    gateway: args.gateway,
    ...(args.planes === undefined ? {} : { planes: args.planes }),
    log: say,
    step,
    onStarted: (controlPlane) => controlPlane.onUnexpectedExit(onExit),
  });
  cleanups.push(demo.stop);
  const { simulation, controlPlane } = demo;
  await folder.announce({
    gatewayUrl: simulation.gateway.url,
    gatewayCaPem: simulation.gatewayCaPem,
  });
  await signIn.grant(controlPlane.client);
  const logFile = join(folder.path, 'planeboard.log');
  const planeboard = await step('Planeboard', () =>
    startPlaneboard({ ...args, kubeconfigPath: controlPlane.kubeconfigPath, logFile, env: signIn.env }),
  );
  cleanups.push(() => planeboard.stop());
  void planeboard.exited.then(onExit);

  console.log(`
  Planeboard   http://127.0.0.1:${args.port}
  kubectl      export KUBECONFIG=${controlPlane.kubeconfigPath}${signIn.help.map((line) => `\n  ${line}`).join('')}
  Agent        npm run demo:agent -- --kind DataPlane --plane-id my-plane${args.dev ? '' : `\n  Log          ${logFile}`}

  Press Ctrl-C to stop. Data is kept for the next start; use --reset to delete it.
`);
}

function describeExit({ name, code, signal, output }: ExitReport): string {
  const how = signal ? `on ${signal}` : `with code ${code}`;
  return `${name} exited ${how}. Stopping the demo. Last output:\n${output.slice(-1500)}`;
}

async function main(): Promise<number> {
  const args = parseDemoArguments(process.argv.slice(2), process.env);
  if (args.help) {
    console.log(DEMO_HELP);
    return 0;
  }
  const shutdown = new Shutdown();
  const cleanups: Cleanup[] = [];
  // A signal doesn't wait for the startup: the parts that run are ended here, later ones by the guardian.
  const ending = await Promise.race([
    start(args, shutdown, cleanups).then(() => shutdown.requested),
    shutdown.requested,
  ]).catch((error: unknown) => ({ reason: sentenceOf(error), code: 1 }));
  (ending.code === 0 ? console.log : console.error)(ending.reason);
  for (const cleanup of cleanups.reverse()) await cleanup().catch((error: unknown) => console.error(error));
  return ending.code;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  process.exit(await main());
} catch (error) {
  console.error(sentenceOf(error));
  process.exit(1);
}
