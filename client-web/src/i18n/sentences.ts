/** Every sentence of a catalogue, also those made by functions: what tests go through. */
export function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return sentences((value as (x: unknown) => unknown)(3), path);
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
  return [];
}
