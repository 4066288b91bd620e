import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { installDebianPackages } from './debian-packages';

/**
 * The program names of Chrome and Chromium on a PATH, best first. Without a window of its own, the browser takes a
 * fifth less time.
 */
const PROGRAM_NAMES = [
  'chromium-headless-shell',
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
];
/** Without the CJK font, the sample fleet's Japanese display name shows as boxes. */
const PACKAGES = ['chromium-headless-shell', 'fonts-noto-cjk', 'fonts-liberation'];
const MAC_PROGRAMS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const WINDOWS_PROGRAMS = ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'];

/**
 * Finds a browser for the tests. Returns `undefined` if Playwright's own browser is installed, because Playwright
 * finds that itself. Otherwise returns the path of this machine's Chrome or Chromium, or null if it has none.
 */
function findBrowser(): string | undefined | null {
  if (existsSync(chromium.executablePath())) return undefined;
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => PROGRAM_NAMES.map((name) => join(folder, name)));
  return [...onPath, ...MAC_PROGRAMS, ...WINDOWS_PROGRAMS].find(isProgram) ?? null;
}

/** The launch options of the browser for the tests and the benchmark. */
export function browserLaunchOptions(): { executablePath?: string; args: string[] } {
  const executablePath = findBrowser();
  return {
    ...(executablePath ? { executablePath } : {}),
    // The sandbox doesn't work for root. The other flags keep the browser from calling home.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}

/**
 * Ensures that a browser exists. If it doesn't, installs Debian's package, provided that this user may.
 *
 * @throws one sentence that says what to do
 */
export function ensureBrowser(say: (line: string) => void): void {
  if (findBrowser() !== null) return;
  say('No browser found. Installing the Debian package "chromium-headless-shell" (about 100 MB)…');
  if (!installDebianPackages(PACKAGES) || findBrowser() === null) {
    throw new Error(
      'The browser tests need Chrome or Chromium. Install one of them or run "npx playwright install chromium", then try again.',
    );
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
