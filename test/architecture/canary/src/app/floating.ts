// expect: no-floating-promises switch-exhaustiveness-check no-console no-explicit-any no-empty
type Kind = 'a' | 'b';

async function later(): Promise<number> {
  return Promise.resolve(1);
}

export function floating(kind: Kind, any: any): number {
  later();
  console.log(any);
  try {
    later();
  } catch {}
  switch (kind) {
    case 'a':
      return 1;
  }
  return 2;
}
