/** 日本語: the first steps, for those who ask. */
/** A name and what to say about it. */
type Pair = readonly [string, string];

export const ja = {
  lead: 'まちがえて困ることは、ここにはありません。',
  move: ['動く', '床をタップすると、そこへ歩きます。ざぶとんをタップすると、すわります。「いる人」から場所をえらんでも行けます。'] as Pair,
  write: ['書く', 'とどくのは「届くのは」に出ている人だけです。2分のあいだは とりけせます。'] as Pair,
  react: ['しぐさ', 'ことばがなくても、うなずいたり 手をふったり できます。'] as Pair,
  rest: ['休む', '休む場所では、何も届かず、だれも話しかけません。'] as Pair,
  home: ['帰る', '「帰る」を押すと、すぐに帰れます。だれにも何も言わなくて大丈夫です。'] as Pair,
  keys: 'キーボードで',
  list: [
    ['← ↑ ↓ →（W A S D）', '歩く'],
    ['/ または Enter', '書く'],
    ['Enter', 'おくる'],
    ['Shift + Enter', '行をかえる'],
    ['Esc', 'とじる'],
    ['Ctrl（⌘）+ Shift + L', 'すぐに帰る'],
  ] as readonly Pair[],
};

export type FirstWords = typeof ja;
