/** Day, dusk or night; calm; language. They belong to the person, not to the room. */
import { LANGS, LANG_NAMES } from '../i18n';
import { MOODS } from '../state/settings';
import { useApp, useWords } from './app';
import { Choices } from './choices';
import { Icon } from './drawn';

export function MoodSwitch() {
  const { settings } = useApp();
  const { w } = useWords();
  return (
    <Choices
      legend={w.mood}
      hideLegend
      look="icons"
      value={settings.mood.value}
      onPick={settings.setMood}
      options={MOODS.map((mood) => ({ value: mood, name: w.moods[mood], label: <Icon id={`i-${mood}`} /> }))}
    />
  );
}

export function MoodRows() {
  const { settings } = useApp();
  const { w } = useWords();
  return (
    <Choices
      legend={w.mood}
      look="chips"
      value={settings.mood.value}
      onPick={settings.setMood}
      options={MOODS.map((mood) => ({ value: mood, label: <><Icon id={`i-${mood}`} />{w.moods[mood]}</> }))}
    />
  );
}

export function CalmSwitch() {
  const { settings } = useApp();
  const { w } = useWords();
  return (
    <button type="button" class="rowb" aria-pressed={settings.calm.value} onClick={() => settings.setCalm(!settings.calm.value)}>
      <Icon id="i-calm" />
      <span>
        {w.calm}
        <small>{w.calmNote}</small>
      </span>
      {settings.calm.value && <em>{w.nowThis}</em>}
    </button>
  );
}

export function LangSwitch({ hideLegend = false }: { hideLegend?: boolean }) {
  const { settings } = useApp();
  const { w } = useWords();
  return (
    <Choices
      legend={w.language}
      hideLegend={hideLegend}
      look="chips"
      value={settings.lang.value}
      onPick={(lang) => void settings.setLang(lang)}
      options={LANGS.map((lang) => ({
        value: lang,
        label: <span lang={lang === 'en' ? 'en' : 'ja'}>{LANG_NAMES[lang]}</span>,
      }))}
    />
  );
}
