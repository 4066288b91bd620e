import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// The production start: checks the Node version, the build and the port, then starts the standalone server.

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// Inside the bundle, server.js is in the parent folder of this file.
const server = [join(root, '.next', 'standalone', 'server.js'), join(root, 'server.js')].find((file) =>
  existsSync(file),
);

function stop(sentence) {
  console.error(`Planeboard can't start: ${sentence}`);
  process.exit(1);
}

function checkPort(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code ?? 'unknown'));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  stop(`Node 22.19 or newer is required, and this is ${process.versions.node}. "npm start" uses its own.`);
}
if (!server) stop('no build found. Run "npm run build" first.');

const host = process.env.PLANEBOARD_HOST || '127.0.0.1';
const portText = process.env.PORT || '3000';
const port = Number(portText);
if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65535) stop('PORT must be a number from 1 to 65535.');

const errorCode = await checkPort(port, host);
if (errorCode === 'EADDRINUSE') stop(`port ${port} is in use. Set PORT to a free port.`);
if (errorCode === 'EACCES') stop(`you can't open port ${port}. Set PORT to a port above 1023.`);
if (errorCode) stop(`can't listen on ${host} port ${port} (${errorCode}). Check PLANEBOARD_HOST.`);

process.env.NODE_ENV = 'production';
process.env.PORT = String(port);
// Next.js listens on HOSTNAME, but shells export it with the machine's name.
process.env.HOSTNAME = host;
// Open streams would delay Next.js's own shutdown. Instrumentation ends them, then the process.
process.env.NEXT_MANUAL_SIG_HANDLE = 'true';
process.env.NEXT_TELEMETRY_DISABLED = '1';

// Before Next.js, whose output and server they change.
await import('./json-console.mjs');
await import('./http-entry.mjs');
await import(pathToFileURL(server).href);
