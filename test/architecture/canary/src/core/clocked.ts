// expect: no-restricted-globals
export function clocked(): number {
  return performance.now();
}
