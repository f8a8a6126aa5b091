/** Why a file is not taken for what is in it. */
export type ContentCode = 'FILE_TYPE' | 'IMAGE_TOO_LARGE' | 'FILE_DAMAGED';

export class ContentRefusal extends Error {
  readonly code: ContentCode;
  /** Of FILE_TYPE: what was found in its place, such as `image/svg+xml`. */
  readonly detected: string | undefined;

  constructor(code: ContentCode, options: { detected?: string; cause?: unknown } = {}) {
    super(code, { cause: options.cause });
    this.name = 'ContentRefusal';
    this.code = code;
    this.detected = options.detected;
  }
}
