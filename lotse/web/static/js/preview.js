// A form with data-preview shows what is typed in its frame, a moment after the last key; the button that
// shows it works without this.

const WAIT = 600;

for (const form of document.querySelectorAll("form[data-preview]")) {
  let timer;
  let shown = form.querySelector("button[formtarget]");
  const frame = form.querySelector("iframe");
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[formtarget]");
    if (button) shown = button;
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (frame && form.checkValidity()) form.requestSubmit(shown);
    }, WAIT);
  });
}
