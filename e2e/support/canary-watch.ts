import type { BrowserContext, Request } from '@playwright/test';
import { formsOf } from '@/testing/server/canary-forms';

/** The requests that may carry secret material, because that is their purpose. */
const MAY_CARRY = /\/api\/(registrations\?dryRun=(true|false)|certificates\/inspect|planes\/[-a-z0-9/]+)$/;

/** A place where a secret leaked. */
export interface Leak {
  readonly where: string;
  readonly canary: string;
}

/**
 * Records everything that a browser context sends, receives, logs and has in its addresses. Create it before the
 * first page opens.
 */
export class CanaryWatch {
  private readonly sent: { readonly where: string; readonly text: string }[] = [];
  private readonly seen: { readonly where: string; readonly text: string }[] = [];
  private readonly bodies: Promise<unknown>[] = [];

  constructor(private readonly context: BrowserContext) {
    context.on('request', (request) => this.follow(request));
    context.on('response', (response) => {
      const where = `answer of ${response.url()}`;
      this.seen.push({ where, text: JSON.stringify(response.headers()) });
      // A stream never ends. A redirect has no body, and neither has a response that a navigation aborted.
      if (response.headers()['content-type']?.includes('text/event-stream')) return;
      this.bodies.push(
        response.text().then(
          (text) => this.seen.push({ where, text }),
          () => {},
        ),
      );
    });
    context.on('console', (message) => this.seen.push({ where: 'console', text: message.text() }));
  }

  /** Whether a canary was sent in an allowed request. If it wasn't, the watch proves nothing. */
  wasSent(canary: string): boolean {
    return this.sent.some(
      ({ where, text }) => MAY_CARRY.test(where) && formsOf(canary).some((form) => text.includes(form)),
    );
  }

  /**
   * Returns every forbidden place that contains a canary, plain or as base64.
   *
   * @param further more texts to search, by place, such as the server's log
   */
  async leaks(canaries: readonly string[], further: Readonly<Record<string, string>> = {}): Promise<Leak[]> {
    await Promise.all(this.bodies);
    const places = [
      ...this.seen,
      ...this.sent.filter(({ where }) => !MAY_CARRY.test(where)),
      ...Object.entries(further).map(([where, text]) => ({ where, text })),
      ...(await this.pages()),
    ];
    return places.flatMap(({ where, text }) =>
      canaries
        .filter((canary) => formsOf(canary).some((form) => text.includes(form)))
        .map((canary) => ({ where, canary })),
    );
  }

  private follow(request: Request): void {
    this.sent.push({ where: request.url(), text: request.postData() ?? '' });
    this.seen.push({ where: 'address', text: request.url() });
  }

  /** Returns the document and the storage of each page. */
  private async pages(): Promise<{ where: string; text: string }[]> {
    const found = await Promise.all(
      this.context.pages().map(async (page) => {
        const storage = await page.evaluate(() =>
          JSON.stringify([{ ...sessionStorage }, { ...localStorage }, history.state, document.cookie]),
        );
        return [
          { where: 'storage', text: storage },
          { where: 'document', text: await page.content() },
        ];
      }),
    );
    return found.flat();
  }
}
