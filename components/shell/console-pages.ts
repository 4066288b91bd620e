/** A page of the console that is reached from everywhere. */
export interface ConsolePage {
  readonly href: `/${string}`;
  readonly label: string;
  /** The key that leads to it after `g`; null: it has none. */
  readonly key: string | null;
}

/** The pages of the navigation, in its order. */
export const MAIN_PAGES = [
  { id: 'fleet', href: '/', label: 'Fleet', key: 'f' },
  { id: 'certificates', href: '/certificates', label: 'Certificates', key: 'c' },
  { id: 'register', href: '/register', label: 'Register', key: 'r' },
  { id: 'wall', href: '/wall-setup', label: 'Wall', key: 'w' },
] as const satisfies readonly (ConsolePage & { readonly id: string })[];

/** Pages that other pages lead to. */
export const FURTHER_PAGES: readonly ConsolePage[] = [
  { href: '/ca-moves', label: 'Move planes to their own CAs', key: null },
  { href: '/ca-access', label: 'Access to CA Secrets', key: null },
  { href: '/api-reference', label: 'API reference', key: null },
];
