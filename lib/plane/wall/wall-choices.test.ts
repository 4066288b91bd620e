import { describe, expect, it } from 'vitest';
import { pageAt, turnAt } from './tile-pages';
import { parseWallChoices, parseWallTheme, themeAtHour } from './wall-choices';

const choices = (text: string) => parseWallChoices(new URLSearchParams(text));

describe("a wall's choices", () => {
  it('are read from its address', () => {
    expect(choices('title=Platform&theme=dark&seconds=20')).toEqual({
      title: 'Platform',
      theme: { name: 'dark' },
      pageSeconds: 20,
    });
  });
  it('are the defaults where nothing can be read', () => {
    expect(choices('theme=loud&seconds=soon&title=%20')).toEqual({
      title: null,
      theme: { name: 'system' },
      pageSeconds: 15,
    });
  });
  it('keep a page long enough to be read, and short enough to turn', () => {
    expect([choices('seconds=0.1').pageSeconds, choices('seconds=1e9').pageSeconds]).toEqual([5, 3600]);
  });
});

describe('the theme by the hours', () => {
  it('is light by day', () => {
    const theme = parseWallTheme('auto');
    expect([6, 7, 18, 19].map((hour) => themeAtHour(theme, hour))).toEqual([
      'dark',
      'light',
      'light',
      'dark',
    ]);
  });
  it('takes hours of its own, over midnight too', () => {
    const theme = parseWallTheme('auto:20-4');
    expect([19, 20, 3, 4].map((hour) => themeAtHour(theme, hour))).toEqual([
      'dark',
      'light',
      'light',
      'dark',
    ]);
    expect(parseWallTheme('auto:6-99')).toEqual({ name: 'auto', fromHour: 7, toHour: 19 });
  });
});

describe('pages', () => {
  it('turn by the time that the wall was shown, and begin again', () => {
    expect([0, 14_999, 15_000, 45_000].map((ms) => turnAt(ms, 15, 3))).toEqual([0, 0, 1, 0]);
    expect(turnAt(99_000, 15, 1)).toBe(0);
  });
  it('of a region with fewer of them repeat', () => {
    expect(pageAt(['a', 'b'], 3)).toBe('b');
    expect(pageAt([], 3)).toBeUndefined();
  });
});
