// Dates and times in fields of forms, in China.
import { day, time } from "../../lib/format.js";

/** 2026-06-18T20:00 in China → UTC ms @param {string} text */
export const inChina = (text) => Date.parse(text + ":00+08:00");
/** @param {number} ms */
export const forInput = (ms) => day(ms) + "T" + time(ms).slice(0, 5);
