import { describe, expect, test } from 'vitest';
import { parseWallAddress } from './wall-address';
import { parseWallForm, readWallForm, type WallForm, wallFormParameters } from './wall-form';

const formOf = (query: string) => parseWallForm(new URLSearchParams(query));
const PLAIN = formOf('');

describe("a wall's form", () => {
  test('starts with the defaults of a wall', () => {
    expect(readWallForm(PLAIN)).toEqual({ address: parseWallAddress(new URLSearchParams()), problems: {} });
  });

  test.each<[string, WallForm]>([
    ['nothing', PLAIN],
    [
      'everything',
      formOf('role=data&kind=DataPlane&namespace=acme&health=stale&group=label:region&title=T&seconds=30'),
    ],
    ['a label without its key', { ...PLAIN, grouping: 'label' }],
    ["seconds that aren't a number", { ...PLAIN, seconds: 'soon' }],
    ['seconds left empty', { ...PLAIN, seconds: '' }],
    ['a title with spaces around it', { ...PLAIN, title: ' Lobby ' }],
    ['an empty day', { ...PLAIN, theme: { name: 'auto', fromHour: 6, toHour: 6 } }],
  ])('survives a reload, valid or not: %s', (_, form) => {
    expect(parseWallForm(new URLSearchParams(wallFormParameters(form).toString()))).toEqual(form);
  });

  test.each([
    '',
    'role=data&role=build&namespace=acme&group=namespace&theme=dark&seconds=60&title=Lobby',
    'group=label:a.example/b&theme=auto:20-4&health=stale',
    'seconds=3',
    'seconds=7.5',
    'group=label:&title=%20',
  ])('matches what the wall reads from %j', (query) => {
    const { address, problems } = readWallForm(formOf(query));
    // An invalid field is the wall's default here, while the wall itself may come closer to the intended value.
    if (problems.seconds === undefined) expect(address).toEqual(parseWallAddress(new URLSearchParams(query)));
    else expect(address.choices.pageSeconds).toBe(15);
  });

  test('trims the title and treats a blank one as none', () => {
    const titleOf = (title: string) => readWallForm({ ...PLAIN, title }).address.choices.title;
    expect(titleOf(' Lobby ')).toBe('Lobby');
    expect(titleOf('  ')).toBeNull();
  });
});

describe("the problems of a wall's form", () => {
  const problemsOf = (query: string) => readWallForm(formOf(query)).problems;

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
  ])('report %s at its field', (query, field) => {
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
  ])('are none for %s', (query) => {
    expect(problemsOf(query)).toEqual({});
  });

  test("ignore the label while it isn't used for grouping", () => {
    expect(readWallForm({ ...PLAIN, label: 'no key' }).problems).toEqual({});
  });
});
