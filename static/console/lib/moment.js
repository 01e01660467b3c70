// Dates and times in China, short enough for a table.
import { day, time } from "../../lib/format.js";

/** 2026-06-16 14:05 @param {number} ms */
export const moment = (ms) => day(ms) + " " + time(ms).slice(0, 5);
