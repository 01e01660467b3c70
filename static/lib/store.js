// What the phone remembers. A web view may forbid storage: then the page still works, only a reload forgets.

/** @param {Storage | null} storage */
export function newStore(storage) {
  /** @type {Record<string, string>} */
  const memory = {};
  const store = {
    /** @param {string} key @returns {any} */
    read(key) {
      try {
        const text = (storage && storage.getItem(key)) || memory[key];
        return text ? JSON.parse(text) : null;
      } catch (_) {
        return null;
      }
    },
    /** @param {string} key @param {unknown} value null forgets */
    write(key, value) {
      const text = JSON.stringify(value);
      memory[key] = text;
      try {
        if (!storage) return;
        if (value === null) storage.removeItem(key);
        else storage.setItem(key, text);
      } catch (_) {
        /* full or forbidden: memory has it */
      }
    },
    /** Forgets everything whose key begins, and ends, so. @param {string} start @param {string} [end] */
    forget(start, end = "") {
      const keys = Object.keys(memory);
      try {
        for (let i = 0; storage && i < storage.length; i++) keys.push(storage.key(i) || "");
      } catch (_) {
        /* forbidden: only memory has anything */
      }
      for (const key of keys)
        if (key.indexOf(start) === 0 && key.slice(key.length - end.length) === end) store.write(key, null);
    },
  };
  return store;
}

/** @returns {Storage | null} */
export function localStore() {
  try {
    return window.localStorage;
  } catch (_) {
    return null;
  }
}
