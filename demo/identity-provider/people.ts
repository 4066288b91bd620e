/** A person whom the provider knows. */
export interface Person {
  /** The `sub` of their ID tokens. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

/** The people of the demo. Their groups get rights in the demo's control plane. */
export const DEMO_PEOPLE: readonly Person[] = [
  { id: 'maya', name: 'Maya Lind', email: 'maya@aurora.example', groups: ['platform-admins'] },
  { id: 'noor', name: 'Noor Haddad', email: 'noor@aurora.example', groups: ['retail-admins'] },
  { id: 'otto', name: 'Otto Berg', email: 'otto@aurora.example', groups: ['on-call'] },
  { id: 'kim', name: 'Kim Sato', email: 'kim@aurora.example', groups: [] },
];
