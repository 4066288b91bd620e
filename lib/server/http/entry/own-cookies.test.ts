import { expect, test } from 'vitest';
import { ownCookies } from './own-cookies';

test.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['', undefined],
  ['other=1; session=2', undefined],
  ['other=1; planeboard_wall=token', 'planeboard_wall=token'],
  ['planeboard-theme=dark; x=planeboard; planeboard-3000.0=a', 'planeboard-theme=dark; planeboard-3000.0=a'],
  [
    '__Host-planeboard.0=a;b=c;__Host-planeboard.1=d; __Secure-planeboard_wall=e',
    '__Host-planeboard.0=a;__Host-planeboard.1=d; __Secure-planeboard_wall=e',
  ],
])('keeps of %j only the own cookies', (header, own) => {
  expect(ownCookies(header)).toBe(own);
});

test('keeps a bounded number of them', () => {
  const many = Array.from({ length: 3000 }, (_, index) => `planeboard${index}=`).join(';');
  expect(ownCookies(many)?.split(';')).toHaveLength(100);
});
