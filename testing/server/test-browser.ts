import { CSRF_HEADER } from '@/lib/api/session';

const ORIGIN = 'http://localhost:3000';

/** A browser with one tab: keeps cookies, and sends what a browser sends to `localhost:3000`. */
export class TestBrowser {
  private readonly cookies = new Map<string, string>();
  /** The session's CSRF value, which its pages send with each write. */
  csrf: string | undefined;

  request(method: string, path: string, body?: unknown, fields: Record<string, string> = {}): Request {
    return new Request(`${ORIGIN}${path}`, {
      method,
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      headers: {
        host: 'localhost:3000',
        'sec-fetch-site': 'same-origin',
        ...(method === 'GET' ? {} : { 'content-type': 'application/json', origin: ORIGIN }),
        ...(this.csrf === undefined ? {} : { [CSRF_HEADER]: this.csrf }),
        ...(this.cookies.size === 0 ? {} : { cookie: this.cookieHeader }),
        ...fields,
      },
    });
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get cookieNames(): string[] {
    return [...this.cookies.keys()];
  }

  /** Keeps the cookies of a response, and returns it. */
  keep(response: Response): Response {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (cookie.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
