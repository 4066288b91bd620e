import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import { planesOf, startRuntime, untilLive } from './test-runtime';

/**
 * Serves the fleet's feed to readers with different rights, one view at each of `/0` to `/4`: all planes, and four times
 * all but a quarter of the namespaces. Prints its port when it has read the fleet. The server that users start has one
 * view only until people can sign in.
 *
 *   node --conditions=react-server --import tsx testing/server/view-server.ts <kubeconfig>
 */
const LEFT_OUT = 4;

const [kubeconfigPath = ''] = process.argv.slice(2);
const runtime = startRuntime(kubeconfigPath);
await untilLive(runtime);
await runtime.firstLists.settled();

const namespaces = [...new Set(planesOf(runtime).map(({ namespace = '' }) => namespace))].toSorted();

/** All planes except those in every fourth namespace, counted from `first`. */
function allBut(first: number): View {
  const hidden = new Set(namespaces.filter((_, index) => index % LEFT_OUT === first));
  return {
    key: `all-but-${first}`,
    sees: ({ namespace = '' }) => !hidden.has(namespace),
    reachOf: () => 'some',
  };
}

const views = [WHOLE_FLEET, ...Array.from({ length: LEFT_OUT }, (_, first) => allBut(first))];

const server = createServer((request, response) => {
  const view = views[Number(request.url?.slice(1))];
  if (!view) {
    response.writeHead(404).end();
    return;
  }
  const stream = runtime.feed.open(view, null, 'columns', { encoding: 'gzip', once: false });
  response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
  const body = Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]);
  response.on('close', () => body.destroy());
  body.pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : address);
});
// Ends with the benchmark.
process.on('disconnect', () => process.exit());
