import { expect, test } from 'vitest';
import { parseWallSetup, previewScale, toggled, wallSetupSearch } from './wall-setup';

const again = (search: string) => wallSetupSearch(parseWallSetup(new URLSearchParams(search)));

test.each([
  '',
  '?role=data&namespace=acme&group=label:openchoreo.dev/region&theme=auto:6-20&screen=4k',
  '?title=Lobby&seconds=soon',
])('the page finds again what was chosen: %s', (search) => {
  expect(again(search)).toBe(search);
});

test('what names nothing, and what is so anyway, does not stand in the address', () => {
  expect(again('?screen=cinema&theme=loud&seconds=15&group=none&title=')).toBe('');
  expect(again('?screen=toString')).toBe('');
});

test('a value is put in where addresses have it, and taken out', () => {
  expect(toggled(['acme', 'initech'], 'globex')).toEqual(['acme', 'globex', 'initech']);
  expect(toggled(['acme', 'globex'], 'acme')).toEqual(['globex']);
});

test('a screen is drawn as large as it fits, and never larger than it is', () => {
  expect(previewScale({ width: 1920, height: 1080 }, { width: 960, height: 800 })).toBe(0.5);
  expect(previewScale({ width: 1080, height: 1920 }, { width: 960, height: 480 })).toBe(0.25);
  expect(previewScale({ width: 390, height: 844 }, { width: 960, height: 900 })).toBe(1);
});
