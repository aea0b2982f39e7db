// Sends files in pieces.
(() => {
  const words = document.getElementById("upload"), form = words.closest("form"), said = words.dataset;
  let queue = Promise.resolve(), pending = 0, pressed;

  async function shrink(file) {
    const picture = await createImageBitmap(file), scale = 1600 / Math.max(picture.width, picture.height);
    const { width, height } = picture, canvas = new OffscreenCanvas(width * scale, height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, width * scale, height * scale);
    const small = await canvas.convertToBlob({ type: file.type, quality: 0.75 });
    return scale < 1 && small.type == file.type ? new File([small], file.name, small) : file;
  }

  async function send(question, chosen, tell) {
    const file = await shrink(chosen).catch(() => chosen), { name: filename, type: filetype, size } = file;
    const fingerprint = await crypto.subtle?.digest("SHA-256", await file.arrayBuffer()) || "";
    const told = await Promise.all(Object.entries({ question, filename, filetype, fingerprint }).map(async ([key, part]) =>
      key + " " + btoa(String.fromCharCode(...new Uint8Array(await new Response(part).arrayBuffer())))));
    let place = said.to, method = "POST", offset = 0, wait = 500;
    for (;;) {
      try {
        tell(said.sending, Math.round(100 * offset / size));
        const body = method == "PATCH" ? file.slice(offset, offset + 262144) : null;
        const answer = await fetch(place, {
          method,
          body,
          headers: {
            "Tus-Resumable": "1.0.0",
            "X-CSRFToken": form.csrfmiddlewaretoken.value,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Length": size,
            "Upload-Metadata": told,
            "Upload-Offset": offset,
          },
        });
        if (/409|429|460|5../.test(answer.status)) throw 0;
        if (method == "GET") return answer.json();
        if (!answer.ok) return { text: await answer.text() };
        place = answer.headers.get("Location") || place;
        offset = +answer.headers.get("Upload-Offset");
        method = offset == size && body ? "GET" : "PATCH";
        wait = 500;
      } catch {
        tell(said.waiting);
        await new Promise((on) => setTimeout(on, Math.min(wait *= 2, 3e4)));
        if (method == "PATCH") method = "HEAD";
      }
    }
  }

  async function take(input, file) {
    const line = input.nextElementSibling.appendChild(document.createElement("p"));
    const tell = (text, percent) => line.textContent = text.replace("{name}", file.name).replace("{percent}", percent);
    const { state, text } = await send(input.name, file, tell).catch(Object);
    tell(text || said.failed);
    if (state != "kept") line.className = "govuk-error-message";
    if (text && [...input.files].at(-1) == file) input.value = "";
    if (!--pending && pressed) form.requestSubmit(pressed);
  }

  form.onchange = ({ target: input }) => {
    for (const file of input.files || []) pending++, queue = queue.then(() => take(input, file));
  };
  form.onsubmit = (event) => {
    if (!pending || pressed) return;
    pressed = event.submitter;
    event.preventDefault();
    words.textContent = said.saving;
  };
})();
