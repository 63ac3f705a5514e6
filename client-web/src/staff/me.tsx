/** One's own ways to sign in, and where one is signed in. */
import { call } from '../net/api';
import type { Login, Me } from '../protocol/types';
import { API, useSpoken, useStaff } from './app';
import { Passphrase } from './passphrase';
import { Passkeys } from './passkeys';
import { Heading, Sure, Trouble, Wait } from './pieces';
import { useLoaded, useTask } from './task';
import { Totp } from './totp';

export function MeView({ me }: { me: Me }) {
  const staff = useStaff();
  const { s } = useSpoken();
  const task = useTask();
  return (
    <>
      <Heading>{me.name}</Heading>
      <p>{s.me.as(s.roles[me.role])}</p>
      <Trouble of={task} />
      <button
        type="button"
        class="btn line"
        onClick={() => void task.run(() => call('POST', `${API}/sign-out`)).then((done) => done && staff.signedOut('ended'))}
      >
        {s.me.signOut}
      </button>
      <section class="part">
        <h2>{s.me.ways}</h2>
        <Passkeys me={me} />
        <Passphrase me={me} />
        {me.ways.oidc && <p>{s.me.oidc}</p>}
      </section>
      {me.ways.passphrase && <Totp me={me} />}
      <Logins />
    </>
  );
}

function Logins() {
  const staff = useStaff();
  const { s, dateTime } = useSpoken();
  const logins = useLoaded<Login[]>(`${API}/logins`);
  const task = useTask();

  async function end(login: Login): Promise<void> {
    if (!(await task.run(() => call('DELETE', `${API}/logins/${encodeURIComponent(login.id)}`)))) return;
    if (login.here) staff.signedOut('ended');
    else await logins.reload();
  }

  return (
    <section class="part">
      <h2>{s.me.logins}</h2>
      <Trouble of={task} />
      <Wait of={logins}>
        {(list) => (
          <ul class="cards">
            {list.map((login) => {
              const name = s.me.login(s.me.loginWays[login.way], dateTime(login.since));
              return (
                <li key={login.id} class="slip">
                  <div>
                    <p>{name}{login.here && <b class="here-mark"> {s.me.here}</b>}</p>
                    <p class="sub">{s.me.used(dateTime(login.used))}</p>
                  </div>
                  <Sure label={s.me.end} name={s.me.endOf(name)} sure={name} yes={s.me.end} onYes={() => void end(login)} />
                </li>
              );
            })}
          </ul>
        )}
      </Wait>
    </section>
  );
}
