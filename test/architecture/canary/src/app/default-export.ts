// expect: no-default-export
export default function main(): number {
  return 1;
}
