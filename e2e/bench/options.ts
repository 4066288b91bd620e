const PARTS = ['fleet', 'people', 'bounds', 'wall'] as const;

/** The options of `npm run bench`; see its main file. */
export interface Options {
  sizes: number[];
  times: number;
  readers: number;
  viewReaders: number;
  people: number;
  peopleViews: number;
  seconds: number;
  wall: number;
  heartbeat: number;
  minutes: number;
  only: (typeof PARTS)[number] | null;
}

/** Parses the arguments. Throws one sentence for an invalid or unknown one. */
export function parseOptions(args: readonly string[]): Options {
  const options: Options = {
    sizes: [200, 2000, 10_000],
    times: 200,
    readers: 200,
    viewReaders: 500,
    people: 200,
    peopleViews: 40,
    seconds: 60,
    wall: 60,
    heartbeat: 60,
    minutes: 10,
    only: null,
  };
  for (let index = 0; index < args.length; index += 2) {
    const [name, value] = [args[index], args[index + 1] ?? ''];
    if (name === '--only') {
      const part = PARTS.find((name) => name === value);
      if (!part) throw new Error(`--only must be one of ${PARTS.join(', ')}.`);
      options.only = part;
      continue;
    }
    const numbers = value.split(',').map(Number);
    const [number = Number.NaN] = numbers;
    if (numbers.some((item) => !Number.isInteger(item) || item <= 0))
      throw new Error(`${name} must be whole numbers above 0.`);
    if (name === '--sizes') options.sizes = numbers;
    else if (name === '--times') options.times = number;
    else if (name === '--readers') options.readers = number;
    else if (name === '--view-readers') options.viewReaders = number;
    else if (name === '--people') options.people = number;
    else if (name === '--people-views') options.peopleViews = number;
    else if (name === '--seconds') options.seconds = number;
    else if (name === '--wall') options.wall = number;
    else if (name === '--heartbeat') options.heartbeat = number;
    else if (name === '--minutes') options.minutes = number;
    else
      throw new Error(
        `Unknown option ${name}. Options: --sizes, --times, --readers, --view-readers, --people, --people-views, --seconds, --wall, --heartbeat, --minutes, --only.`,
      );
  }
  return options;
}
