// These come without types, and need none for what is asked of them here.
declare module 'express';
declare module 'express-pouchdb';
declare module 'pouchdb';
declare module 'pouchdb-find';
