import { expect, test, vi } from 'vitest';
import { hasCommandSecret } from './command-secret';

const seen = vi.hoisted(() => ({ arguments: 0, positions: 0 }));

vi.mock('./command-rules', async (original) => {
  const rule = (subcommands: readonly string[]) => ({
    subcommands,
    argument: () => {
      seen.arguments += 1;
      return false;
    },
    position: (args: readonly string[]) => {
      seen.positions += args.length;
      return false;
    },
  });
  const rules = [rule([]), rule(['login'])];
  return { ...(await original<object>()), rulesOf: (word: string) => (word === 'curl' ? rules : undefined) };
});

test.each(['curl ', 'curl -u ', 'curl login ', 'curl login a b c ', 'curl | '])(
  'looks at each argument of %j repeated once for each rule',
  (part) => {
    Object.assign(seen, { arguments: 0, positions: 0 });
    const text = part.repeat(2000);
    const words = text.split(' ').length;
    expect(hasCommandSecret(text)).toBe(false);
    expect(seen.arguments).toBeLessThanOrEqual(2 * words);
    expect(seen.positions).toBeLessThanOrEqual(2 * 8 * words);
  },
);
