import type { BrowserContext } from '@playwright/test';

/** One thing that went wrong inside a page, as the browser tells it. */
export interface PageProblem {
  readonly where: string;
  readonly text: string;
}

/**
 * Collects what no page may do: log an error, throw, or break its content security policy. Covers every page of a
 * browser context, also those that open later.
 */
export class PageProblems {
  private readonly found: PageProblem[] = [];

  /** Follows a context from before its first page. */
  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => {
      if (message.type() === 'error') this.add(message.location().url, message.text());
    });
    context.on('weberror', (problem) => {
      this.add(problem.page()?.url() ?? '', problem.error().stack ?? problem.error().message);
    });
    // A violation is also an event, which names the directive; the console's own line can be missing in a worker.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP violation: ${event.effectiveDirective} refused ${event.blockedURI}`);
      });
    });
  }

  /** All problems but those whose text a test has expected by name. */
  except(expected: readonly RegExp[]): PageProblem[] {
    return this.found.filter(({ text }) => !expected.some((pattern) => pattern.test(text)));
  }

  private add(where: string, text: string): void {
    this.found.push({ where, text });
  }
}
