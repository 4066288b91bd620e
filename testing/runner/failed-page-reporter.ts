import { readFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** The name that Playwright gives to the file that describes a failed test's page. */
const CONTEXT = 'error-context';
const SNAPSHOT = /```yaml\n([\s\S]*?)\n```/;
const MAX_LINES = 300;

/**
 * Prints what the page showed when a test failed, as text. The log of a run is often all that is left of it, and a
 * screenshot isn't in there.
 */
class FailedPageReporter implements Reporter {
  printsToStdio(): boolean {
    return true;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus) return;
    for (const { name, path } of result.attachments) {
      if (name !== CONTEXT || path === undefined) continue;
      const snapshot = SNAPSHOT.exec(readFileSync(path, 'utf8'))?.[1];
      if (snapshot === undefined) continue;
      const lines = snapshot.split('\n').slice(0, MAX_LINES).join('\n');
      console.log(`\nThe page of "${test.title}" when it failed:\n${lines}\n`);
    }
  }
}

// Playwright loads a reporter as its file's default export.
export default FailedPageReporter;
