/** The rules of the place: which are in force, which are only tried; changing them, and a box to try them. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ruleWordsOf } from '../../i18n/rules';
import { Refused, call } from '../../net/api';
import type { Me, Rule, RuleFault, RuleFaults, Rules, RuleSet, RulesFound, RulesKept } from '../../protocol/types';
import { useSpoken, useStaff } from '../app';
import { deskOf, DESK } from '../desk/store';
import { Heading, Trouble, Wait } from '../pieces';
import { useLoaded, useTask } from '../task';
import { blank, counted, isChanged, mayChange, roomsToChange } from './draft';
import { Said } from './fault';
import { RuleCard } from './rule';
import { TryBox } from './try';
import './rules.css';

const PATH = `${DESK}/rules`;

/** Faults come with an answer that is no refusal of the usual kind. */
export function faultsIn(error: unknown): RuleFault[] | null {
  if (!(error instanceof Refused)) return null;
  const { faults } = (error.said ?? {}) as Partial<RuleFaults>;
  return Array.isArray(faults) ? faults : null;
}

export function RulesView({ me }: { me: Me }) {
  const staff = useStaff();
  const t = ruleWordsOf(staff.settings.lang.value);
  const rules = useLoaded<Rules>(PATH);
  return (
    <>
      <Heading>{t.title}</Heading>
      <p class="sub">{t.lead}</p>
      <Wait of={rules}>{(kept) => <Editor key={kept.version} kept={kept} me={me} reload={rules.reload} />}</Wait>
    </>
  );
}

function Editor({ kept, me, reload }: { kept: Rules; me: Me; reload: () => Promise<void> }) {
  const staff = useStaff();
  const t = ruleWordsOf(staff.settings.lang.value);
  const { s } = useSpoken();
  const draft = useSignal<RuleSet>(kept.set);
  const faults = useSignal<readonly RuleFault[]>([]);
  const said = useSignal('');
  const stale = useSignal(false);
  const opened = useSignal<number | null>(null);
  const task = useTask();
  const changed = isChanged(kept.set, draft.value);
  const { rules: elsewhere } = deskOf(staff).changes.value;
  const found = useLoaded<RulesFound>(`${PATH}/found`);
  const rooms = roomsToChange(me, (staff.place.value?.rooms ?? []).map(({ id }) => id));

  useEffect(() => {
    if (elsewhere === 0 || task.busy.value) return;
    // Nobody loses what they are writing; they are told, and choose.
    if (changed) stale.value = true;
    else void reload();
  }, [elsewhere]);

  const put = (index: number, rule: Rule | null): void => {
    const all = [...draft.value.rules];
    all.splice(index, 1, ...(rule ? [rule] : []));
    draft.value = { ...draft.value, rules: all };
    said.value = '';
  };

  async function keep(): Promise<void> {
    said.value = '';
    faults.value = [];
    await task.run(async () => {
      try {
        await call<RulesKept>('PUT', PATH, { version: kept.version, set: counted(kept.set, draft.value) } satisfies Rules);
        await reload();
      } catch (error) {
        const found = faultsIn(error);
        if (found) {
          faults.value = found;
          said.value = t.faults(found.length);
        } else if (error instanceof Refused && error.code === 'stale') stale.value = true;
        else throw error;
      }
    });
  }

  const general = faults.value.filter(({ rule }) => rule === '');
  return (
    <>
      <TryBox set={changed ? draft.value : null} />
      <ul class="cards rules">
        {draft.value.rules.map((rule, index) => (
          <RuleCard
            key={index}
            rule={rule}
            index={index}
            open={opened.value === index}
            faults={faults.value}
            found={found.value.value?.rules.find((one) => one.rule === rule.id && one.version === rule.version)}
            rooms={rooms}
            mayChange={mayChange(rule, rooms) && mayChange(kept.set.rules.find(({ id }) => id === rule.id) ?? rule, rooms)}
            isNew={!kept.set.rules.some(({ id }) => id === rule.id)}
            onOpen={(open) => (opened.value = open ? index : null)}
            onRule={(next) => put(index, next)}
          />
        ))}
      </ul>
      {rooms?.length !== 0 && (
        <button
          type="button"
          class="btn line small"
          onClick={() => {
            opened.value = draft.value.rules.length;
            put(draft.value.rules.length, blank(draft.value.rules.map(({ id }) => id), rooms));
          }}
        >
          {t.add}
        </button>
      )}
      {stale.value && (
        <div class="told" role="status">
          <p>{t.stale}</p>
          <button type="button" class="btn line small" onClick={() => void reload()}>{t.reopen}</button>
        </div>
      )}
      {(changed || said.value || task.trouble.value) && (
        <div class="save">
          <p class="kind" role="status">{said.value || (changed ? t.notYet : '')}</p>
          {general.map((fault) => <p key={fault.place} class="kind"><Said fault={fault} place /></p>)}
          <Trouble of={task} />
          <div class="row">
            <button type="button" class="btn main small" aria-disabled={task.busy.value || !changed} onClick={() => void (changed && keep())}>{task.busy.value ? s.saving : t.keep}</button>
            <button
              type="button"
              class="btn quiet small"
              onClick={() => {
                draft.value = kept.set;
                [faults.value, said.value, opened.value] = [[], '', null];
              }}
            >
              {t.giveUp}
            </button>
          </div>
        </div>
      )}
    </>
  );
}
