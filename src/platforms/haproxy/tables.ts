import { StepRefused } from '../step.ts';

/** One server of a backend as the runtime socket states it. */
export interface ServerState {
  readonly name: string;
  /** Where it is; port 0 where it has none. */
  readonly address: string;
  readonly weight: number;
  /** Takes new connections when its weight is above 0: running and in no maintenance or drain. */
  readonly up: boolean;
  readonly drained: boolean;
  /** Sessions at this moment. */
  readonly sessions: number;
  /** Sessions it may have at most; null without a limit. */
  readonly limit: number | null;
}

const MAINTENANCE = 0x01 | 0x02 | 0x04 | 0x20 | 0x40;
const DRAIN = 0x08 | 0x10;
/** `srv_op_state`: stopped 0, starting 1, running 2, stopping 3. */
const OPEN_STATES: ReadonlySet<string> = new Set(['1', '2']);

/** `Key: value` lines of `show info`. */
export function infoOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf(':');
      return at === -1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
    }),
  );
}

/**
 * The servers of a backend from `show servers state BACKEND` and `show stat`.
 *
 * @throws StepRefused for a backend that is not there and for answers that are no such tables.
 */
export function serversOf(backend: string, states: string, stat: string): ReadonlyMap<string, ServerState> {
  const rows = table(states.split('\n').slice(1), / +/).filter((row) => row['be_name'] === backend);
  const counts = new Map(
    table(stat.split('\n'), /,/)
      .filter((row) => row['pxname'] === backend)
      .map((row) => [row['svname'], row] as const),
  );
  if (rows.length === 0) throw new StepRefused(`HAProxy has no backend ${backend} with servers: ${firstLine(states)}`);
  return new Map(rows.map((row) => [row['srv_name']!, serverOf(row, counts.get(row['srv_name']))]));
}

function serverOf(state: Row, counted: Row | undefined): ServerState {
  const admin = Number(state['srv_admin_state']);
  const limit = counted?.['slim'] ?? '';
  return {
    name: state['srv_name']!,
    address: `${state['srv_addr'] ?? ''}:${state['srv_port'] ?? ''}`,
    weight: Number(state['srv_uweight']),
    up: OPEN_STATES.has(state['srv_op_state'] ?? '') && (admin & (MAINTENANCE | DRAIN)) === 0,
    drained: (admin & (MAINTENANCE | DRAIN)) !== 0,
    sessions: Number(counted?.['scur'] ?? 0),
    limit: limit === '' ? null : Number(limit),
  };
}

type Row = Readonly<Record<string, string>>;

function table(lines: readonly string[], separator: RegExp): readonly Row[] {
  const [head, ...rest] = lines.filter((line) => line.trim() !== '');
  if (head === undefined || !head.startsWith('# ')) return [];
  const keys = head.slice(2).split(separator);
  return rest.map((line) => {
    const values = line.split(separator);
    return Object.fromEntries(keys.map((key, index) => [key, values[index] ?? '']));
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 120) ?? '';
}
