import { cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { ensureBuild } from '@/demo/build';
import { type DemoControlPlane, startDemoControlPlane } from '@/demo/demo-control-plane';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { z } from '@/lib/zod';
import { browserLaunchOptions, ensureBrowser } from '@/testing/runner/browser';
import { PlaneboardServer, REAL_PACE } from '@/testing/server/planeboard-server';
import { measureBounds } from './bounds';
import { type LatencySubject, measureLatency } from './latency';
import { measureLoad } from './load';
import { type Options, parseOptions } from './options';
import { pageSnapshot } from './page-snapshot';
import { measurePaint, type PaintResult } from './paint';
import { type Arrival, plainList } from './plain-list';
import { peakBytes, processCost } from './process-cost';
import { formatBytes, formatMs, formatSpread, median, row, section } from './report';
import { startViewServer } from './view-server-process';
import { soakWall } from './wall-soak';

/**
 * `npm run bench`: starts its own control plane, measures the production build, and prints all results.
 *   --sizes 200,2000,10000   fleet sizes
 *   --heartbeat 60           seconds between two heartbeats of a plane; Planeboard's limits follow
 *   --times 200              status changes for the latency
 *   --readers 200            feed readers while all planes heartbeat
 *   --view-readers 500       feed readers of five different views
 *   --seconds 60             how long to measure the server with these readers
 *   --wall 60                minutes of simulated time to show a wall for
 *   --minutes 10             how long the server of the largest fleet runs before its settled memory is read
 *   --only fleet | bounds | wall   runs only one part
 * A row says so if other processes used the processors while it was measured. Its figures mean little then.
 */

const VISITS = 5;
/** A server that knows all planes has checked their CAs by then. */
const CERTIFICATES_MS = 30_000;
/** For as many planes as follow; more take longer in proportion. */
const START_TIMEOUT_MS = 4 * MINUTE_MS;
const PLANES_OF_TIMEOUT = 10_000;
const MAX_UNCHECKED = 10;
/** The interval of a real agent, which the limits of the configuration are made for. */
const HEARTBEAT_SECONDS = 60;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  ensureBrowser(console.log);
  await ensureBuild(console.log);
  const [cpu] = cpus();
  console.log(
    `Machine: ${cpus().length} x ${cpu?.model ?? 'unknown CPU'}, ${formatBytes(totalmem())} memory, Node ${process.version}`,
  );
  const runs = (part: Options['only']) => options.only === null || options.only === part;
  const largest = Math.max(...options.sizes);
  if (runs('fleet'))
    for (const planes of options.sizes) await benchFleet(planes, planes === largest, options);
  if (runs('bounds')) await measureBounds(largest);
  if (runs('wall')) await soakWall(options.wall);
}

/** Measures one fleet size. The load is only measured for the largest. */
async function benchFleet(planes: number, largest: boolean, options: Options): Promise<void> {
  const { heartbeat, minutes } = options;
  section(`${planes.toLocaleString('en')} planes, a heartbeat every ${heartbeat} s each`);
  const demo = await startDemoControlPlane({ planes, samples: true, speed: HEARTBEAT_SECONDS / heartbeat });
  const { kubeconfigPath } = demo.controlPlane;
  const startedAtMs = performance.now();
  const server = await PlaneboardServer.start({ kubeconfigPath, env: limitsFor(heartbeat) });
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    await known(server.url, planes);
    const pid = server.pid ?? 0;
    await sleep(CERTIFICATES_MS);
    row('server memory, at most in the start', formatBytes(peakBytes(pid)));
    row(
      `server memory, ${CERTIFICATES_MS / 1000} s later, no readers`,
      formatBytes(processCost(pid).residentBytes),
    );
    await settled(server.url, planes);
    const list = await fastest(() => plainList(kubeconfigPath));
    row('plain gzip list of all planes', `${formatMs(list.tookMs)}, ${formatBytes(list.bytes)}`);
    const snapshot = await fastest(() => pageSnapshot(server.url));
    row('snapshot of the page', `${formatMs(snapshot.tookMs)}, ${formatBytes(snapshot.bytes)}`);
    const visits: PaintResult[] = [];
    for (let visit = 0; visit < VISITS; visit += 1)
      visits.push(await measurePaint(browser, server.url, planes));
    const filterMs = visits.flatMap((visit) => visit.filterMs);
    row(
      'first row painted, new browser profile',
      formatMs(median(visits.map((visit) => visit.newProfileMs))),
    );
    row('first row painted, warm', formatMs(median(visits.map((visit) => visit.firstRowMs))));
    row('all planes live, median of visits', formatMs(median(visits.map((visit) => visit.allPlanesMs))));
    row(`keystroke to rows (${filterMs.length} keys)`, formatSpread(filterMs));
    row('script of the page, compressed', formatBytes(visits[0]?.scriptBytes ?? Number.NaN));
    row(
      'browser heap after a garbage collection',
      formatBytes(median(visits.map((visit) => visit.heapBytes))),
    );
    row('server memory, after the visits', formatBytes(processCost(pid).residentBytes));

    const latency = await measureLatency(
      browser,
      server.url,
      await latencySubject(demo, server.url),
      options.times,
    );
    row(`write to bare watch (${options.times} changes)`, formatSpread(latency.bareWatchMs));
    row('write to text in the browser', formatSpread(latency.browserMs));
    row('browser behind bare watch', formatSpread(latency.behindMs));

    if (largest) {
      const load = await measureLoad(
        [`${server.url}/api/planes/stream?format=columns`],
        pid,
        options.readers,
        options.seconds,
      );
      row(`${load.readers} feed readers: server CPU`, `${Math.round(load.cpuShare * 100)} % of one core`);
      row(`${load.readers} feed readers: server memory`, formatBytes(load.residentBytes));
      row(`${load.readers} feed readers: total sent`, `${formatBytes(load.bytesPerSecond)}/s`);
      await sleep(Math.max(0, minutes * MINUTE_MS - (performance.now() - startedAtMs)));
      row(`server memory, ${minutes} min after the start`, formatBytes(processCost(pid).residentBytes));
    }
  } finally {
    await browser.close();
    await server.kill();
    if (largest) await benchViews(kubeconfigPath, options);
    await demo.stop();
  }
}

/** Measures what readers with different rights cost a server, which starts for them and has no other readers. */
async function benchViews(kubeconfigPath: string, { viewReaders, seconds }: Options): Promise<void> {
  const server = await startViewServer(kubeconfigPath);
  try {
    await sleep(MINUTE_MS);
    const label = `${viewReaders} readers of ${server.urls.length} views`;
    const alone = await measureLoad(server.urls, server.pid, 0, seconds);
    const load = await measureLoad(server.urls, server.pid, viewReaders, seconds);
    row(`no readers: CPU`, `${Math.round(alone.cpuShare * 100)} % of one core`);
    row(`${label}: CPU`, `${Math.round(load.cpuShare * 100)} % of one core`);
    row(`no readers: memory`, formatBytes(alone.residentBytes));
    row(`${label}: memory`, formatBytes(load.residentBytes));
    row(`${label}: total sent`, `${formatBytes(load.bytesPerSecond)}/s`);
  } finally {
    server.stop();
  }
}

/** Scales the limits of a heartbeat's age with its interval. */
function limitsFor(heartbeat: number): Record<string, string> {
  const seconds = (limitMs: number) => String((limitMs / 1000) * (heartbeat / HEARTBEAT_SECONDS));
  return {
    ...REAL_PACE,
    PLANEBOARD_HEARTBEAT_FRESH_SECONDS: seconds(DEFAULT_LIMITS.heartbeatFreshMs),
    PLANEBOARD_HEARTBEAT_STALE_SECONDS: seconds(DEFAULT_LIMITS.heartbeatStaleMs),
    PLANEBOARD_CONTROLLER_PROOF_SECONDS: seconds(DEFAULT_LIMITS.controllerProofMs),
  };
}

/** The fastest of some runs: others on the machine only ever make one slower. */
async function fastest(run: () => Promise<Arrival>): Promise<Arrival> {
  const runs: Arrival[] = [];
  for (let turn = 0; turn < VISITS; turn += 1) runs.push(await run());
  return runs.toSorted((a, b) => a.tookMs - b.tookMs)[0] as Arrival;
}

const fleetSchema = z.object({
  planes: z.array(
    z.object({
      plural: z.string(),
      namespace: z.string().optional(),
      name: z.string(),
      health: z.object({ state: z.string() }),
      connection: z.string(),
      facts: z.object({ certificate: z.object({ state: z.string() }) }),
      conditions: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
});

/** Picks a healthy plane, so a condition that becomes False is the only reason in its row. */
async function latencySubject({ controlPlane }: DemoControlPlane, url: string): Promise<LatencySubject> {
  const { planes } = fleetSchema.parse(await fetch(`${url}/api/planes`).then((response) => response.json()));
  // A search for its name must match only this plane.
  const subject = planes.find(
    ({ name, health }) =>
      health.state === 'healthy' && planes.filter((plane) => plane.name.includes(name)).length === 1,
  );
  if (!subject) throw new Error("No plane is healthy. The controllers haven't reported yet.");
  const { plural, namespace, name } = subject;
  const collectionPath = `/apis/${PLANE_API_VERSION}/${namespace ? `namespaces/${namespace}/` : ''}${plural}`;
  const write = async (token: string) => {
    const lastTransitionTime = formatRfc3339(Date.now());
    const ready = { type: 'Ready', status: 'False', reason: 'Bench', message: token, lastTransitionTime };
    const conditions = [...subject.conditions.filter(({ type }) => type !== 'Ready'), ready];
    await controlPlane.client.patch(`${collectionPath}/${name}/status`, { status: { conditions } });
  };
  return { kubeconfigPath: controlPlane.kubeconfigPath, collectionPath, name, write };
}

/** Waits until the server knows all planes. Asks for their number only: a list of them all would take memory. */
async function known(url: string, planes: number): Promise<void> {
  await until(planes, async () => {
    const count = await metric(url, 'planeboard_planes');
    return count === planes ? null : `the server counts ${count} of ${planes} planes`;
  });
}

/** Waits until the server has also checked their CAs, as a server that has run for a while. */
async function settled(url: string, planes: number): Promise<void> {
  await until(planes, async () => {
    const fleet = fleetSchema.parse(await fetch(`${url}/api/planes`).then((response) => response.json()));
    const unchecked = fleet.planes.filter(
      ({ connection, facts }) => connection === 'agent' && facts.certificate.state === 'not-checked',
    ).length;
    // Unreadable planes have no CA to check, so a few stay unchecked.
    return unchecked < MAX_UNCHECKED ? null : `${unchecked} CAs aren't checked`;
  });
}

/** Returns the sum of a metric's samples. */
async function metric(url: string, name: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then((response) => response.text());
  const samples = [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'gm'))];
  if (samples.length === 0) return Number.NaN;
  return samples.reduce((sum, [, sample]) => sum + Number(sample), 0);
}

/** Waits until nothing is missing any more, for longer with more planes. */
async function until(planes: number, missing: () => Promise<string | null>): Promise<void> {
  const timeoutMs = START_TIMEOUT_MS * Math.max(1, planes / PLANES_OF_TIMEOUT);
  const untilMs = performance.now() + timeoutMs;
  for (;;) {
    const askedAtMs = performance.now();
    const text = await missing();
    if (text === null) return;
    if (performance.now() > untilMs)
      throw new Error(`Timed out after ${Math.round(timeoutMs / MINUTE_MS)} min: ${text}.`);
    // An answer with many planes takes the server long, and the question must not become its main work.
    await sleep(1000 + 4 * (performance.now() - askedAtMs));
  }
}

await main();
