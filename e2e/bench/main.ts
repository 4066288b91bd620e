import { cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { ensureBuild } from '@/demo/build';
import { type DemoControlPlane, startDemoControlPlane } from '@/demo/demo-control-plane';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { z } from '@/lib/zod';
import { browserLaunchOptions, ensureBrowser } from '@/testing/runner/browser';
import { PlaneboardServer } from '@/testing/server/planeboard-server';
import { measureBounds } from './bounds';
import { HEARTBEAT_SECONDS, known, limitsFor, until } from './fleet-server';
import { type LatencySubject, measureLatency } from './latency';
import { measureLoad } from './load';
import { type Options, parseOptions } from './options';
import { pageSnapshot } from './page-snapshot';
import { measurePaint, type PaintResult } from './paint';
import { measurePeople } from './people';
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
 *   --people 200             people with tokens of their own, who read the largest fleet
 *   --people-views 40        how many different rights they have
 *   --seconds 60             how long to measure the server with these readers
 *   --wall 60                minutes of simulated time to show a wall for
 *   --minutes 10             how long the server of the largest fleet runs before its settled memory is read
 *   --only fleet | people | bounds | wall   runs only one part
 * A row says so if other processes used the processors while it was measured. Its figures mean little then.
 */

const VISITS = 5;
/** A server that knows all planes has checked their CAs by then. */
const CERTIFICATES_MS = 30_000;
const MAX_UNCHECKED = 10;

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
  if (runs('people')) await measurePeople(largest, options);
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
        [{ url: `${server.url}/api/planes/stream?format=columns` }],
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
    const label = `${viewReaders} readers of ${server.streams.length} views`;
    const alone = await measureLoad(server.streams, server.pid, 0, seconds);
    const load = await measureLoad(server.streams, server.pid, viewReaders, seconds);
    row(`no readers: CPU`, `${Math.round(alone.cpuShare * 100)} % of one core`);
    row(`${label}: CPU`, `${Math.round(load.cpuShare * 100)} % of one core`);
    row(`no readers: memory`, formatBytes(alone.residentBytes));
    row(`${label}: memory`, formatBytes(load.residentBytes));
    row(`${label}: total sent`, `${formatBytes(load.bytesPerSecond)}/s`);
  } finally {
    server.stop();
  }
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

await main();
