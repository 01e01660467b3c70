// Where in a file that was read something is wrong.

/** 工作表“多选题”，C7 格 @param {import("../types").FileProblem} p */
export const place = (p) =>
  [
    p.sheet && "工作表“" + p.sheet + "”",
    p.cell && /^[A-Z]+[0-9]+$/.test(p.cell) ? p.cell + " 格" : p.line > 0 && "第 " + p.line + " 行",
  ]
    .filter(Boolean)
    .join("，");
