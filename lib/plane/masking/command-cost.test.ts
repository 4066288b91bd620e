import { expect, test } from 'vitest';
import type { CommandRule } from './command-rules';
import { hasCommandSecret } from './command-secret';

const seen = { arguments: 0, positions: 0 };

function counting(subcommands: readonly string[]): CommandRule {
  return {
    subcommands,
    argument: () => {
      seen.arguments += 1;
      return false;
    },
    position: (args) => {
      seen.positions += args.length;
      return false;
    },
  };
}

const RULES = [counting([]), counting(['login'])];

test.each(['curl ', 'curl -u ', 'curl login ', 'curl login a b c ', 'curl | '])(
  'looks at each argument of %j repeated once for each rule',
  (part) => {
    Object.assign(seen, { arguments: 0, positions: 0 });
    const text = part.repeat(2000);
    const words = text.split(' ').length;
    expect(hasCommandSecret(text, (word) => (word === 'curl' ? RULES : undefined))).toBe(false);
    expect(seen.arguments).toBeLessThanOrEqual(2 * words);
    expect(seen.positions).toBeLessThanOrEqual(2 * 8 * words);
  },
);
