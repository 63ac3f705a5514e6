/** The frame of the staff's page: who is signed in decides what is shown. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { LANGS, LANG_NAMES, LANG_TAGS } from '../i18n';
import type { Me, RefusalCode } from '../protocol/types';
import { MOODS } from '../state/settings';
import { Choices } from '../ui/choices';
import { takeInvitation, viewOf, viewsOf } from './address';
import type { View } from './address';
import { useSpoken, useStaff } from './app';
import { BoxView } from './box';
import { InvitationView } from './invitation';
import { AuditView, DeskView, RulesView, SanctionsView, WebhooksView } from './later';
import { MeView } from './me';
import { NumbersView } from './numbers';
import { PeopleView } from './people';
import { PlansView } from './plans';
import { RoomsView } from './rooms';
import { SignInView } from './sign-in';

export function Page({ invitation, refusal }: { invitation: string | null; refusal: RefusalCode | null }) {
  const { settings, me, place, lost, begin } = useStaff();
  const { s, read, trouble } = useSpoken();
  const invited = useSignal(invitation);
  useEffect(() => {
    // A link that is opened while the page is there already changes nothing but the fragment.
    const follow = (): void => {
      const token = takeInvitation(location, history);
      if (token) invited.value = token;
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  useSignalEffect(() => {
    const { body, documentElement: html } = document;
    html.lang = LANG_TAGS[settings.lang.value];
    body.dataset.mood = settings.mood.value;
    body.toggleAttribute('data-calm', settings.calm.value);
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', getComputedStyle(body).getPropertyValue('--bg').trim());
  });
  document.title = [s.title, place.value ? read(place.value.name) : ''].filter(Boolean).join(' — ');

  if (invited.value) return <Outside><InvitationView key={invited.value} token={invited.value} onDone={() => (invited.value = null)} /></Outside>;
  if (lost.value) {
    return (
      <Outside>
        <p class="kind" role="status">{trouble(lost.value)}</p>
        <button type="button" class="btn line" onClick={() => void begin()}>{s.tryAgain}</button>
      </Outside>
    );
  }
  if (me.value === undefined) return <Outside><p class="sub" role="status">{s.loading}</p></Outside>;
  return me.value ? <Inside me={me.value} /> : <Outside><SignInView refusal={refusal} /></Outside>;
}

/** A sheet of paper in the middle, for those who are not in yet. */
function Outside({ children }: { children: preact.ComponentChildren }) {
  return (
    <div class="outside">
      <main class="paper">{children}</main>
      <Foot />
    </div>
  );
}

function Inside({ me }: { me: Me }) {
  const { s } = useSpoken();
  const { waits } = useStaff();
  const hash = useSignal(location.hash);
  useEffect(() => {
    const follow = (): void => void (hash.value = location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const view = viewOf(hash.value, me.role);
  return (
    <div class="inside">
      <header>
        <p class="who-am-i">
          <b>{me.name}</b> <span>{s.roles[me.role]}</span>
        </p>
        <nav aria-label={s.menu}>
          <ul>
            {viewsOf(me.role).map((one) => (
              <li key={one}>
                <a href={`#${one}`} aria-current={one === view ? 'page' : undefined}>
                  {s.views[one]}
                  {one === 'desk' && waits.value > 0 && <small>{s.waits(waits.value)}</small>}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main class="paper" key={view}>
        <OpenView view={view} me={me} />
      </main>
      <Foot />
    </div>
  );
}

function OpenView({ view, me }: { view: View; me: Me }) {
  switch (view) {
    case 'desk':
      return <DeskView me={me} />;
    case 'rooms':
      return <RoomsView me={me} />;
    case 'sanctions':
      return <SanctionsView />;
    case 'rules':
      return <RulesView me={me} />;
    case 'audit':
      return <AuditView />;
    case 'plans':
      return <PlansView me={me} />;
    case 'box':
      return <BoxView />;
    case 'numbers':
      return <NumbersView />;
    case 'people':
      return <PeopleView me={me} />;
    case 'webhooks':
      return <WebhooksView me={me} />;
    case 'me':
      return <MeView me={me} />;
  }
}

function Foot() {
  const { settings } = useStaff();
  const { s } = useSpoken();
  return (
    <footer>
      <Choices
        legend={s.mood}
        hideLegend
        look="chips"
        value={settings.mood.value}
        onPick={settings.setMood}
        options={MOODS.map((mood) => ({ value: mood, label: s.moods[mood] }))}
      />
      <Choices
        legend={s.language}
        hideLegend
        look="chips"
        value={settings.lang.value}
        onPick={(lang) => void settings.setLang(lang)}
        options={LANGS.map((lang) => ({ value: lang, label: <span lang={lang === 'en' ? 'en' : 'ja'}>{LANG_NAMES[lang]}</span> }))}
      />
      <a class="btn quiet" href="/">{s.toPlace}</a>
    </footer>
  );
}
