/** Views that come when they are opened: most staff never open them. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Lang } from '../i18n';
import { useSpoken, useStaff } from './app';

function later<P extends object>(load: (lang: Lang) => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  const here = signal<FunctionComponent<P> | null>(null);
  const lost = signal(false);
  function ask(lang: Lang): void {
    lost.value = false;
    load(lang).then(
      (view) => (here.value = view),
      () => (lost.value = true),
    );
  }
  return function Later(props) {
    const { s, w } = useSpoken();
    const lang = useStaff().settings.lang.value;
    useEffect(() => void (here.value ?? ask(lang)), []);
    const View = here.value;
    if (View) return <View {...props} />;
    if (!lost.value) return <p class="sub" role="status">{s.loading}</p>;
    return (
      <>
        <p class="kind" role="status">{w.offline}</p>
        <button type="button" class="btn line small" onClick={() => ask(lang)}>{s.tryAgain}</button>
      </>
    );
  };
}

/** The words of the desk come with each of its views: colleagues and reasons stand in all of them. */
async function desk(lang: Lang): Promise<typeof import('./desk')> {
  const module = await import('./desk');
  await module.loadDeskWords(lang);
  return module;
}

export const DeskView = later(async (lang) => (await desk(lang)).DeskView);
export const SanctionsView = later(async (lang) => (await desk(lang)).SanctionsView);

export const RulesView = later(async (lang) => {
  const [module] = await Promise.all([import('./rules'), desk(lang)]);
  await module.loadRuleWords(lang);
  return module.RulesView;
});

export const AuditView = later(async (lang) => {
  const [module] = await Promise.all([import('./audit'), desk(lang)]);
  await module.loadAuditWords(lang);
  return module.AuditView;
});

export const WebhooksView = later(async (lang) => {
  const module = await import('./webhooks');
  await module.loadWebhookWords(lang);
  return module.WebhooksView;
});
