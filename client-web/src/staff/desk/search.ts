/** What is looked for in the list of decisions. */

/** The server looks for codes and numbers, people for words: what stands on the page becomes its code. */
export function sought(words: string, person: (number: string) => string, ...names: readonly Readonly<Record<string, string>>[]): string {
  const text = words.trim();
  if (text === '') return '';
  const number = /\d+/.exec(text)?.[0] ?? '';
  if (number && (text === `#${number}` || text === person(number))) return number;
  for (const codes of names) {
    const found = Object.entries(codes).find(([, name]) => name.includes(text));
    if (found) return found[0];
  }
  return text;
}
