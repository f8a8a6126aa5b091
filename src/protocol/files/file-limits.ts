/** Largest file, in bytes (trust B29). */
export const MAXIMUM_FILE_BYTES = 100 * 1024 * 1024;
/** Files of one attention, both ways, those under way counted; what a guest sends while waiting counts by itself. */
export const MAXIMUM_FILES = 20;
/** All files of one attention together, in bytes. */
export const MAXIMUM_TOTAL_BYTES = 500 * 1024 * 1024;
/** Largest part of an upload that the server takes at a time, in bytes. A part has 10 s to come: slow lines send smaller ones. */
export const MAXIMUM_CHUNK_BYTES = 1024 * 1024;
/** Largest picture, in pixels, all frames of a moving one together (trust B23). */
export const MAXIMUM_PIXELS = 40_000_000;
/** An upload without a new part for so long is forgotten. */
export const UPLOAD_LASTS_MS = 3_600_000;
