/** The practice: alone with one's microphone, before meeting anybody. It leaves nothing on. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Sheet } from '../ui/sheet';
import { closeSheet } from '../ui/sheets';
import { Devices } from './devices';
import { echo } from './echo';
import { useVoice } from './kit';
import { meter } from './meter';
import { troubleOf, wanted } from './microphone';
import type { MicTrouble } from './microphone';

/** So often a reader of the screen may be told of the level. */
const TELL_MS = 500;

export function Practice() {
  const { v, voice, memory } = useVoice();
  const on = useSignal(false);
  const trouble = useSignal<MicTrouble | null>(null);
  const hearing = useSignal<'off' | 'opening' | 'on' | 'refused'>('off');
  const bar = useRef<HTMLDivElement>(null);
  /** What is running, and how each of it ends. */
  const stream = useRef<MediaStream | null>(null);
  const unmeter = useRef(() => undefined as void);
  const unecho = useRef(() => undefined as void);
  const turn = useRef(0);

  useEffect(() => {
    // Who practises is not heard in the room meanwhile.
    voice.stepAside();
    return stop;
  }, []);

  function stop(): void {
    turn.current++;
    unecho.current();
    unmeter.current();
    unmeter.current = () => undefined;
    stream.current?.getTracks().forEach((track) => track.stop());
    stream.current = null;
    on.value = false;
  }

  async function begin(): Promise<void> {
    stop();
    const mine = turn.current;
    trouble.value = null;
    try {
      if (!navigator.mediaDevices) throw new DOMException('', 'NotFoundError');
      const got = await navigator.mediaDevices.getUserMedia({ audio: wanted(memory.habits().microphone) });
      // The sheet was put away while the browser asked.
      if (mine !== turn.current) return got.getTracks().forEach((track) => track.stop());
      stream.current = got;
      unmeter.current = meter(got, show());
      on.value = true;
    } catch (error) {
      trouble.value = troubleOf(error);
    }
  }

  function show(): (level: number) => void {
    let told = 0;
    return (level) => {
      if (!bar.current) return;
      bar.current.style.transform = `scaleX(${level.toFixed(2)})`;
      const now = performance.now();
      if (now - told < TELL_MS) return;
      told = now;
      bar.current.parentElement?.setAttribute('aria-valuenow', String(Math.round(level * 100)));
    };
  }

  async function hear(): Promise<void> {
    const track = stream.current?.getAudioTracks()[0];
    if (hearing.value === 'on' || hearing.value === 'opening' || !track) return unecho.current();
    const mine = turn.current;
    hearing.value = 'opening';
    const ear = new Audio();
    ear.setAttribute('playsinline', '');
    const { speaker } = memory.habits();
    if (speaker) void ear.setSinkId?.(speaker).catch(() => undefined);
    try {
      const close = await echo(track, ear, () => {
        unecho.current = () => undefined;
        if (hearing.value !== 'refused') hearing.value = 'off';
      });
      if (mine !== turn.current) return close();
      unecho.current = close;
      hearing.value = 'on';
    } catch {
      if (mine === turn.current) hearing.value = 'refused';
    }
  }

  return (
    <Sheet title={v.practice} onClose={closeSheet}>
      <p>{v.practiceLead}</p>
      {trouble.value && <p class="kind" role="status">{v.trouble[trouble.value]}</p>}
      {on.value ? (
        <div class="practice">
          <p class="lab">{v.level}</p>
          <div class="level" role="meter" aria-label={v.level} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0}><div ref={bar} /></div>
          <p class="sub">{v.levelNote}</p>
          <button type="button" class="btn main wide" aria-pressed={hearing.value === 'on'} aria-disabled={hearing.value === 'opening'} onClick={() => void hear()}>
            {hearing.value === 'on' ? v.echoOn : v.echo}
          </button>
          <p class="sub" role="status">{hearing.value === 'refused' ? v.echoOff : v.echoNote}</p>
          <Devices known={on.value} onPick={() => void begin()} />
          <button type="button" class="btn line wide" onClick={stop}>{v.finish}</button>
        </div>
      ) : (
        <button type="button" class="btn main wide" onClick={() => void begin()}>{v.begin}</button>
      )}
      <p class="sub">{v.promise}</p>
    </Sheet>
  );
}
