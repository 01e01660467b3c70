// What is for proven persons only, as the home tells it.

/**
 * Whether this one must prove who they are before they may have something.
 * @param {import("../../lib/types").Home} home @param {string} need
 */
export const lacksProof = ({ proof }, need) =>
  !!proof && proof.doors.length > 0 && !proof.proven.length && proof.needed_for.indexOf(need) >= 0;
