/** Gentle names to begin with: nobody has to think of one at the door. */
const JA = [
  'なぎ', 'こもれび', 'あさつゆ', 'しずく', 'うみべ', 'つきみ', 'ほしくさ', 'こかげ', 'わたげ', 'ゆうなぎ', 'みずたま', 'すなはま',
  'ことり', 'はるかぜ', 'あまやどり', 'つゆくさ', 'まつかぜ', 'うたたね', 'ひだまり', 'しおかぜ', 'かいがら', 'みなも', 'よいやみ', 'ほたる',
];
const EN = [
  'Driftwood', 'Pebble', 'Dewdrop', 'Lantern', 'Tidepool', 'Seabreeze', 'Fern', 'Moonlit', 'Cloudlet', 'Willow', 'Firefly', 'Shell',
  'Drizzle', 'Clover', 'Sparrow', 'Harbour',
];

/** Another name than `not`, picked by `random` in [0, 1). */
export function suggestName(lang: string, random: number, not = ''): string {
  const names = (lang === 'en' ? EN : JA).filter((name) => name !== not);
  return names[Math.floor(random * names.length)] ?? 'なぎ';
}
