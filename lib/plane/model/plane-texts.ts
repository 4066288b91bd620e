import {
  DESCRIPTION_ANNOTATION,
  DISPLAY_NAME_ANNOTATION,
  OWNER_ANNOTATION,
  RUNBOOK_URL_ANNOTATION,
} from './annotations';
import { descriptionProblem, displayNameProblem } from './display-name';
import { runbookUrlProblem } from './runbook';

/** The texts that people write on a plane. Each is a field of the row, of a draft and of an edit, and an annotation. */
export const PLANE_TEXT_FIELDS = ['displayName', 'description', 'owner', 'runbookUrl'] as const;
export type PlaneTextField = (typeof PLANE_TEXT_FIELDS)[number];

interface PlaneText {
  readonly annotation: string;
  /** Its name in forms, on pages and in problems. */
  readonly label: string;
  /** A sentence for people who fill it in. */
  readonly help?: string;
  /** An example. */
  readonly placeholder?: string;
  /** Returns the problem with a text as a sentence, or null. */
  readonly problem: (text: string) => string | null;
}

/** The only place that names these fields. */
export const PLANE_TEXTS: Readonly<Record<PlaneTextField, PlaneText>> = {
  displayName: {
    annotation: DISPLAY_NAME_ANNOTATION,
    label: 'Display name',
    help: 'Shown in lists instead of the name.',
    placeholder: 'Production Europe',
    problem: displayNameProblem,
  },
  description: { annotation: DESCRIPTION_ANNOTATION, label: 'Description', problem: descriptionProblem },
  owner: {
    annotation: OWNER_ANNOTATION,
    label: 'Owner',
    help: 'The team or person to call when something is wrong. Visible to everyone who can see the plane or a wall.',
    placeholder: 'Team Checkout',
    // One line, as long as a display name.
    problem: displayNameProblem,
  },
  runbookUrl: {
    annotation: RUNBOOK_URL_ANNOTATION,
    label: 'Runbook',
    help: 'Address of a page that says what to do when something is wrong.',
    placeholder: 'https://wiki.example.com/runbooks/prod-eu',
    problem: runbookUrlProblem,
  },
};

const FIELDS: ReadonlyMap<string, PlaneTextField> = new Map(
  PLANE_TEXT_FIELDS.map((field) => [PLANE_TEXTS[field].annotation, field]),
);

/** Returns the field that an annotation holds; undefined for any other annotation. */
export function planeTextField(annotation: string): PlaneTextField | undefined {
  return FIELDS.get(annotation);
}

/** Returns the annotations of some texts. Surrounding blanks aren't stored, and an empty text has no annotation. */
export function textAnnotations(
  texts: Readonly<Partial<Record<PlaneTextField, string | undefined>>>,
): Record<string, string> {
  return Object.fromEntries(
    PLANE_TEXT_FIELDS.flatMap((field) => {
      const text = texts[field]?.trim() ?? '';
      return text === '' ? [] : [[PLANE_TEXTS[field].annotation, text]];
    }),
  );
}
