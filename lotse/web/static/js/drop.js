// <lotse-drop>: lets a file be dragged onto its field, and says which one was chosen.
class Drop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.said = this.querySelector("[data-chosen]");
    // The label is the button now; without scripts the field shows by itself.
    this.input.className = "visually-hidden";
    this.input.addEventListener("change", () => this.say());
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => this.take(event));
  }

  take(event) {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    this.input.files = event.dataTransfer.files;
    this.say();
  }

  say() {
    this.said.textContent = [...this.input.files].map((file) => file.name).join(", ");
  }
}

customElements.define("lotse-drop", Drop);
