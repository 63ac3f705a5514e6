/** What somebody wrote, with what a rule found in it. */
import { marked } from './marked';
import type { Span } from './marked';

export function Marked({ text, spans, look = '' }: { text: string; spans: readonly Span[]; look?: string }) {
  return <p class={`as-written ${look}`}>{marked(text, spans).map((bit, i) => (bit.marked ? <mark key={i}>{bit.text}</mark> : bit.text))}</p>;
}
