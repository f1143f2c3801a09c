import { createServer } from 'node:net';
import { once } from 'node:events';

/** A runtime socket that answers as told and records what it was told; null closes without an answer. */
export interface FakeSocket {
  readonly lines: string[];
  answers: (line: string) => string | null;
  close(): void;
}

export async function fakeSocket(path: string): Promise<FakeSocket> {
  const self: FakeSocket = {
    lines: [],
    answers: (line) => {
      throw new Error(`unexpected: ${line}`);
    },
    close: () => void server.close(),
  };
  const server = createServer((client) => {
    client.once('data', (part) => {
      const line = part.toString().trim();
      self.lines.push(line);
      const answer = self.answers(line);
      if (answer === null) client.destroy();
      else client.end(answer);
    });
  }).listen(path);
  await once(server, 'listening');
  return self;
}

/** Tables as HAProxy 2.6 prints them: server name to `[weight, op state, admin state, sessions, limit]`. */
export function tables(servers: Readonly<Record<string, readonly [number, number, number, number, string]>>) {
  const states = Object.entries(servers).map(
    ([name, [weight, op, admin]], index) =>
      `3 checkout ${index + 1} ${name} 127.0.0.1 ${op} ${admin} ${weight} 1 10 6 3 4 6 0 0 0 - 80 - 0 0 - - 0`,
  );
  const head =
    '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port';
  const stat = Object.entries(servers).map(
    ([name, [, , , sessions, limit]]) => `checkout,${name},0,0,${sessions},9,${limit},1,`,
  );
  return {
    info: 'Name: HAProxy\nVersion: 2.6.12\nPid: 7\nNode: lb1\n\n',
    states: `1\n${head}\n${states.join('\n')}\n\n`,
    stat: `# pxname,svname,qcur,qmax,scur,smax,slim,stot,\n${stat.join('\n')}\ncheckout,BACKEND,0,0,3,9,200,1,\n\n`,
  };
}
