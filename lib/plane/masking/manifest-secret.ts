import { fromBase64 } from '@/lib/base64';

/** The start of a field of JSON, YAML or Go that holds an object. */
const OBJECT_START = String.raw`["']?\s{0,8}[:=]\s{0,8}(?:map\[(?:string\])?|\{)`;
/** The manifest of a Secret in lines. */
const LINES = /(?:^|\n)[ \t]*(?:- )?(?:kind:[ \t]*["']?Secret(?:List)?["']?|stringData:)[ \t]*(?:\n|$)/;
const KIND = /\bSecret(?:List)?\{|\bkind["']?\s{0,8}[:=]\s{0,8}["']?Secret(?:List)?(?![\w-])/i;
const DATA = new RegExp(String.raw`\bdata${OBJECT_START}(?:\[\][a-z\d]{4,5}\{)?[\s{"']{0,8}[\w.-]`, 'i');
/** Only Secrets have such a field. */
const STRING_DATA = new RegExp(String.raw`\bstringData${OBJECT_START}`, 'i');
const FIRST_VALUE = new RegExp(
  String.raw`\bdata${OBJECT_START}\s{0,8}["']?[\w.-]{1,253}["']?\s{0,8}:\s{0,8}["']?([A-Za-z\d+/]{4,512}={0,2})["'\s,}]`,
  'gi',
);

/** Returns whether a text has the manifest of a Secret with its values, in lines, as JSON, or as Go prints it. */
export function hasSecretManifest(text: string): boolean {
  if (LINES.test(text) || STRING_DATA.test(text) || (KIND.test(text) && DATA.test(text))) return true;
  for (const [, value = ''] of text.matchAll(FIRST_VALUE)) if (isEncodedText(value)) return true;
  return false;
}

/** Returns whether a value is base64 of a text, as in the data of a Secret. An ordinary word decodes to other bytes. */
function isEncodedText(value: string): boolean {
  return value.length >= 8 && /^[\t\n\r\x20-\x7e]+$/.test(fromBase64(value) ?? '');
}
