import zlib from 'node:zlib';

/** Node has zstd from 22.15 on; an older one makes no images and takes none. */
export const hasZstd = (): boolean => 'createZstdCompress' in zlib;
