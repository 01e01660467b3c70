// A picture made small before it is sent: phones load several of them on the first page.

const card = 400; // pixels at most each way: a card shows less than half of it
const quality = 0.85;

/**
 * A JPEG of what a file holds, on white, at most so large each way.
 * @param {File} file @param {number} [side] pixels @returns {Promise<File>} rejects where it is no picture
 */
export async function shrunk(file, side = card) {
  const picture = await loaded(file);
  const scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  /** @type {Blob | null} */
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
  if (!blob) throw new Error("not drawn");
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

/** @param {File} file @returns {Promise<HTMLImageElement>} */
function loaded(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onerror = fail;
    reader.onload = () => {
      const picture = new Image();
      picture.onload = () => done(picture);
      picture.onerror = fail;
      picture.src = String(reader.result);
    };
    reader.readAsDataURL(file);
  });
}
