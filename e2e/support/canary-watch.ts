import type { BrowserContext, Request } from '@playwright/test';

/** Where material that must stay secret may go to: these requests carry it, as that is what they are for. */
const MAY_CARRY = /\/api\/(registrations\?dryRun=(true|false)|certificates\/inspect|planes\/[-a-z0-9/]+)$/;

/** A place where a secret turned up. */
export interface Leak {
  readonly where: string;
  readonly canary: string;
}

/**
 * Follows everything that a browser's context sends, receives, logs and has in its addresses. To be started before the
 * first page is opened.
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
      // A stream has no end to wait for; a redirect has no body, and one that a navigation cut off never will.
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

  /** Whether a canary has been sent at all, to where it may be: else the watch proves nothing. */
  wasSent(canary: string): boolean {
    return this.sent.some(
      ({ where, text }) => MAY_CARRY.test(where) && formsOf(canary).some((form) => text.includes(form)),
    );
  }

  /** Every place where one of these texts, or its base64, stands and must not. `further`: such as the server's log. */
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

  /** What each page shows and keeps. */
  private async pages(): Promise<{ where: string; text: string }[]> {
    const found = await Promise.all(
      this.context.pages().map(async (page) => {
        const kept = await page.evaluate(() =>
          JSON.stringify([{ ...sessionStorage }, { ...localStorage }, history.state, document.cookie]),
        );
        return [
          { where: 'storage', text: kept },
          { where: 'document', text: await page.content() },
        ];
      }),
    );
    return found.flat();
  }
}

/** As it is, and as base64 at each of the three offsets that it can begin at. */
function formsOf(canary: string): string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(' '.repeat(offset) + canary).toString('base64');
    // The first and last groups depend on what stands around it.
    return encoded.slice(offset === 0 ? 0 : 4, -4);
  });
  return [canary, ...base64];
}
