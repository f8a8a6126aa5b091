/** A kind of file that is taken [FI1]: its media type, and the extensions under which it may come, the first its own. */
export interface FileKind {
  type: string;
  extensions: readonly [string, ...string[]];
  /** It is decoded and made anew, so that nothing but the picture is left of it. */
  isPicture: boolean;
}

const document = (type: string, ...extensions: FileKind['extensions']): FileKind => ({
  type,
  extensions,
  isPicture: false,
});
const picture = (type: string, ...extensions: FileKind['extensions']): FileKind => ({
  type,
  extensions,
  isPicture: true,
});

/** All that may be shared. What is not here is refused, whatever it is. */
export const FILE_KINDS: readonly FileKind[] = [
  picture('image/jpeg', 'jpg', 'jpeg'),
  picture('image/png', 'png'),
  picture('image/webp', 'webp'),
  picture('image/gif', 'gif'),
  document('application/pdf', 'pdf'),
  document('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'),
  document('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'),
  document('application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'),
  document('text/plain', 'txt'),
  document('text/csv', 'csv'),
];

/** For a person: `jpg, png, …`. */
export const FILE_EXTENSIONS: string = FILE_KINDS.map(({ extensions }) => extensions[0]).join(', ');

/** For the `accept` of a field. A phone that takes photos as HEIC gives a JPEG for it. */
export const FILE_ACCEPT: string = FILE_KINDS.flatMap(({ type, extensions }) => [
  type,
  ...extensions.map((extension) => `.${extension}`),
]).join(',');

/** Without the dot, in lower case; empty for a name without one. */
export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';
}

/** The kind that a name promises; null for none that is taken. */
export function kindOfName(name: string): FileKind | null {
  const extension = extensionOf(name);
  return FILE_KINDS.find(({ extensions }) => extensions.includes(extension)) ?? null;
}
