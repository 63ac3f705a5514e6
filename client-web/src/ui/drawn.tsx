/** Drawings inside the tree: the scene makes SVG elements, a component gives them a place. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { figure, headUri, icon } from '../scene';
import type { Look, Wish } from '../protocol/types';

export const WISH_ICONS: Record<Wish, string> = { talk: 'i-lantern', quiet: 'i-hush' };

function Slot({ make, of, name }: { make: () => Element; of: string; name: string }) {
  const host = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    host.current?.replaceChildren(make());
  }, [of]);
  return <span ref={host} class={name} aria-hidden="true" />;
}

export function Icon({ id }: { id: string }) {
  return <Slot name="ic" of={id} make={() => icon(id)} />;
}

export function Head({ look }: { look: Look }) {
  return <img class="hd" alt="" draggable={false} decoding="sync" src={headUri(look)} />;
}

export function Figure({ look }: { look: Look }) {
  return <Slot name="fg" of={`${look.figure}.${look.colour}`} make={() => figure(look)} />;
}
