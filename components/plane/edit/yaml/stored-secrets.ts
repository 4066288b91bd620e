import type { Extension } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { MASK } from '@/lib/plane/json/mask';

const KEPT =
  'Stored, and not shown. Left as it is, the stored value is kept; what you write in its place replaces it.';

const matcher = new MatchDecorator({
  regexp: new RegExp(MASK.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g'),
  decoration: Decoration.mark({ class: 'cm-mask', attributes: { title: KEPT } }),
});

class MaskMarks {
  marks: DecorationSet;

  constructor(view: EditorView) {
    this.marks = matcher.createDeco(view);
  }

  update(update: ViewUpdate): void {
    this.marks = matcher.updateDeco(update, this.marks);
  }
}

/** The mask of a stored secret as one piece: the cursor does not go into it, and deleting takes it away as a whole. */
const maskMarks = ViewPlugin.fromClass(MaskMarks, {
  decorations: ({ marks }) => marks,
  provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.marks ?? Decoration.none),
});

export const storedSecrets: Extension = [maskMarks];
