import { describe, expect, test } from 'vitest';
import { parseWallAddress } from './wall-address';
import { parseWallForm, readWallForm, type WallForm, wallFormParameters } from './wall-form';

const of = (query: string) => parseWallForm(new URLSearchParams(query));
const PLAIN = of('');

describe('the form of a wall', () => {
  test('begins with what a wall without any choice has', () => {
    expect(readWallForm(PLAIN)).toEqual({ address: parseWallAddress(new URLSearchParams()), problems: {} });
  });

  test.each<[string, WallForm]>([
    ['nothing', PLAIN],
    [
      'all of it',
      of('role=data&kind=DataPlane&namespace=acme&health=stale&group=label:region&title=T&seconds=30'),
    ],
    ['a label without its key', { ...PLAIN, grouping: 'label' }],
    ['seconds that are no number', { ...PLAIN, seconds: 'soon' }],
    ['seconds that were taken away', { ...PLAIN, seconds: '' }],
    ['a title with spaces around it', { ...PLAIN, title: ' Lobby ' }],
    ['hours that make no day', { ...PLAIN, theme: { name: 'auto', fromHour: 6, toHour: 6 } }],
  ])('survives a reload, right or wrong: %s', (_, form) => {
    expect(parseWallForm(new URLSearchParams(wallFormParameters(form).toString()))).toEqual(form);
  });

  test.each([
    '',
    'role=data&role=build&namespace=acme&group=namespace&theme=dark&seconds=60&title=Lobby',
    'group=label:a.example/b&theme=auto:20-4&health=stale',
    'seconds=3',
    'seconds=7.5',
    'group=label:&title=%20',
  ])('means what the wall reads in the same address: %s', (query) => {
    const { address, problems } = readWallForm(of(query));
    // What is wrong is a wall's default here, where the wall itself may come closer to what was meant.
    if (problems.seconds === undefined) expect(address).toEqual(parseWallAddress(new URLSearchParams(query)));
    else expect(address.choices.pageSeconds).toBe(15);
  });

  test('means a title without the spaces around it, and none where there is nothing else', () => {
    const titleOf = (title: string) => readWallForm({ ...PLAIN, title }).address.choices.title;
    expect(titleOf(' Lobby ')).toBe('Lobby');
    expect(titleOf('  ')).toBeNull();
  });
});

describe('what is wrong', () => {
  const problemsOf = (query: string) => readWallForm(of(query)).problems;

  test.each([
    ['seconds=4', 'seconds'],
    ['seconds=3601', 'seconds'],
    ['seconds=', 'seconds'],
    ['seconds=1e3', 'seconds'],
    ['group=label:', 'label'],
    ['group=label:no%20key', 'label'],
    ['role=everything', 'roles'],
    ['kind=Deployment', 'kinds'],
    ['health=fine', 'health'],
    ['namespace=Acme', 'namespaces'],
    ['namespace=a.b', 'namespaces'],
    [`namespace=${'x'.repeat(64)}`, 'namespaces'],
    [Array.from({ length: 101 }, (_, index) => `namespace=n${index}`).join('&'), 'namespaces'],
    ['theme=auto:6-6', 'theme'],
    ['theme=auto:24-0', 'theme'],
  ])('%s is said beside its field', (query, field) => {
    expect(Object.keys(problemsOf(query))).toEqual([field]);
  });

  test.each([
    'seconds=5',
    'seconds=3600',
    'group=label:openchoreo.dev/region',
    'theme=auto:0-24',
    'theme=auto:20-4',
    'role=data&kind=BuildPlane&health=unmonitored&namespace=n-0',
    Array.from({ length: 100 }, (_, index) => `namespace=n${index}`).join('&'),
  ])('nothing is, with %s', (query) => {
    expect(problemsOf(query)).toEqual({});
  });

  test('a label is nothing to complain of while it is not grouped by', () => {
    expect(readWallForm({ ...PLAIN, label: 'no key' }).problems).toEqual({});
  });
});
