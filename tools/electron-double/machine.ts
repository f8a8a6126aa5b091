import { DoubleApp } from './app.ts';
import { readSettings } from './settings.ts';

export const settings = readSettings(process.env['ELECTRON_DOUBLE']);
export const app = new DoubleApp(settings);
