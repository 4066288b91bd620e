import { formsOf } from '@/testing/server/canary-forms';
import { type AppRoute, callRoute, type Method, type RouteAnswer, routeOf } from './app-routes';
import type { MatrixPerson } from './matrix-person';
import type { MatrixWorld, PlantedWorld } from './matrix-world';

/** One call of a route, in comparable facts: what Planeboard told, and what follows from the answers of the API server. */
export interface MatrixRow {
  readonly call: string;
  readonly told: unknown;
  readonly expected: unknown;
}

/** Calls a route with one person's proof, by the method that is checked. */
export type Ask = (url: string, options?: AskOptions) => Promise<RouteAnswer>;

interface AskOptions {
  readonly body?: unknown;
  /** Another method, for what a check needs first. */
  readonly method?: Method;
  /** In place of what proves who the person is. */
  readonly proof?: Readonly<Record<string, string>>;
}

/** Calls one method of a route as a person in every way that matters, and asks the API server the same. */
export type RouteCheck = (ask: Ask, person: MatrixPerson, world: MatrixWorld) => Promise<MatrixRow[]>;

/** Everything that was answered or logged, and whom it may have told too much. */
export class RouteMatrix {
  /** Each answer with its place, for the canaries. */
  private readonly seen: { readonly where: string; readonly text: string }[] = [];
  /** Marks of planes in answers to people who may not read these. */
  readonly revealed = new Set<string>();

  constructor(
    private readonly world: PlantedWorld,
    private readonly routes: readonly AppRoute[],
  ) {}

  /** Returns the function that calls a method of the routes as a person. */
  askerOf(checked: Method, person: MatrixPerson): Ask {
    return async (url, { body, method = checked, proof = person.headers } = {}) => {
      const answer = await callRoute(routeOf(this.routes, url), url, {
        method,
        headers: {
          host: 'localhost:3000',
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          ...proof,
        },
        ...(method === 'GET' || method === 'HEAD' ? {} : { body: JSON.stringify(body ?? {}) }),
      });
      const where = `${method} ${url} as ${person.sort} by ${person.way}`;
      // A sign-in answers with the session's own cookie. It is sealed, and looked for everywhere else.
      const sent = [...answer.headers].filter(([name]) => name !== 'set-cookie');
      const text = `${JSON.stringify(sent)}\n${answer.text}`;
      this.seen.push({ where, text });
      // A screen shows the planes of its link, whoever stands in front of it.
      if (!url.startsWith('/wall/')) this.noteRevealed(where, text, url, person);
      return answer;
    };
  }

  /** Returns each answer that contains a canary, plain or as base64. */
  answersWith(canaries: ReadonlyMap<string, string>): string[] {
    return placesWith(canaries, this.seen);
  }

  get calls(): number {
    return this.seen.length;
  }

  /** An answer may repeat what it was asked for. */
  private noteRevealed(where: string, text: string, url: string, { readable }: MatrixPerson): void {
    for (const { key, marks } of this.world.planes)
      if (!readable.has(key) && marks.some((mark) => text.includes(mark) && !url.includes(mark)))
        this.revealed.add(`${key} in ${where}`);
  }
}

/** Returns each place whose text contains a canary, plain or as base64. */
export function placesWith(
  canaries: ReadonlyMap<string, string>,
  places: readonly { readonly where: string; readonly text: string }[],
): string[] {
  return [...canaries].flatMap(([origin, canary]) => {
    const forms = formsOf(canary);
    return places
      .filter(({ text }) => forms.some((form) => text.includes(form)))
      .map(({ where }) => `${origin} in ${where}`);
  });
}
