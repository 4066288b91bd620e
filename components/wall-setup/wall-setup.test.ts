import { expect, test } from 'vitest';
import { parseWallSetup, previewScale, toggled, wallSetupSearch } from './wall-setup';

const roundTrip = (search: string) => wallSetupSearch(parseWallSetup(new URLSearchParams(search)));

test.each([
  '',
  '?role=data&namespace=acme&group=label:openchoreo.dev/region&theme=auto:6-20&screen=4k',
  '?title=Lobby&seconds=soon',
])('a setup survives the round trip through the address: %s', (search) => {
  expect(roundTrip(search)).toBe(search);
});

test('invalid values and defaults are left out of the address', () => {
  expect(roundTrip('?screen=cinema&theme=loud&seconds=15&group=none&title=')).toBe('');
  expect(roundTrip('?screen=toString')).toBe('');
});

test('toggling adds a value in sorted order and removes it again', () => {
  expect(toggled(['acme', 'initech'], 'globex')).toEqual(['acme', 'globex', 'initech']);
  expect(toggled(['acme', 'globex'], 'acme')).toEqual(['globex']);
});

test('a preview fits its box and is never larger than the screen', () => {
  expect(previewScale({ width: 1920, height: 1080 }, { width: 960, height: 800 })).toBe(0.5);
  expect(previewScale({ width: 1080, height: 1920 }, { width: 960, height: 480 })).toBe(0.25);
  expect(previewScale({ width: 390, height: 844 }, { width: 960, height: 900 })).toBe(1);
});
