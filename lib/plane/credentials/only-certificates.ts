import { recogniseMaterial } from './recognise-material';

/** Whether a text is certificates, or base64 of them, and nothing else: then it is public. */
export function isOnlyCertificates(text: string): boolean {
  const material = recogniseMaterial(text);
  if (material.form === 'pem-certificates') return material.pure;
  if (material.form !== 'base64-pem') return false;
  const inside = recogniseMaterial(material.pem);
  return inside.form === 'pem-certificates' && inside.pure;
}
