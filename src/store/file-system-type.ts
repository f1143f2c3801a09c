/**
 * Magic numbers of file systems whose locks and atomic creation do not bind every process that sees the file
 * (statfs(2), linux/magic.h). FUSE is refused as a whole: sshfs, s3fs and virtiofs cannot be told apart by it.
 */
const REFUSED: ReadonlyMap<number, string> = new Map([
  [0x6969, 'nfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x517b, 'smb'],
  [0x65735546, 'fuse'],
  [0x01021997, '9p'],
  [0x5346414f, 'afs'],
  [0x6b414653, 'kafs'],
  [0x73757245, 'coda'],
  [0x00c36400, 'ceph'],
  [0x01161970, 'gfs2'],
  [0x7461636f, 'ocfs2'],
  [0x0bd00bd0, 'lustre'],
  [0x47504653, 'gpfs'],
  [0x19830326, 'beegfs'],
  [0xbacbacbc, 'vmhgfs'],
  [0x786f4256, 'vboxsf'],
]);

/** Name of a shared or network file system that state must not live on; null for a local one. Never throws. */
export function networkFileSystem(statfsType: number): string | null {
  // statfs gives a signed number on some systems.
  return REFUSED.get(statfsType >>> 0) ?? null;
}
