import { kindOfName, ROLE_WORDS } from '../kinds';
import { listWords } from '../list-words';
import type { WallLimitLists } from './wall-address';

/** What a wall may show, in words: `Data planes and workflow planes, in the namespaces acme and globex`. */
export function limitsWords({ kinds, roles, namespaces }: WallLimitLists): string {
  const roleWords = listWords(roles.map((role) => `${roleWord(role)} planes`));
  const kindWords = listWords(kinds.map((kind) => `${kindWord(kind)}s`));
  const what =
    kinds.length === 0
      ? roleWords
      : roles.length === 0
        ? kindWords
        : `${roleWords}, of these only ${kindWords}`;
  const where =
    namespaces.length === 0
      ? ''
      : `in the ${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${listWords(namespaces)}`;
  const words = [what === '' && where !== '' ? `planes ${where}` : what, what === '' ? '' : where]
    .filter((part) => part !== '')
    .join(', ');
  return words === '' ? 'All planes' : words.charAt(0).toUpperCase() + words.slice(1);
}

function roleWord(role: string): string {
  const known = Object.entries(ROLE_WORDS).find(([name]) => name === role);
  return known ? known[1].toLowerCase() : role;
}

function kindWord(kind: string): string {
  return kindOfName(kind)?.words.toLowerCase() ?? kind;
}
