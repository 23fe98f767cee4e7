// <lotse-palette> around the search dialog. Ctrl/Cmd K opens it; arrows choose, Enter goes.
// htmx fills the list while typing; until the answer comes, and where there is none, what is there is filtered.
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

class Palette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.input.addEventListener("input", () => this.filter());
    this.addEventListener("htmx:afterSwap", () => this.choose(this.options[0]));
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
    this.opener = (event) => this.open(event);
    document.addEventListener("keydown", this.opener);
    this.filter();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.opener);
  }

  get options() {
    return [...this.querySelectorAll("[role=option]:not([hidden])")];
  }

  open(event) {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!this.dialog.open) this.dialog.showModal();
  }

  filter() {
    const words = this.input.value.toLowerCase().split(/\s+/);
    for (const option of this.querySelectorAll("[role=option]")) {
      option.hidden = !words.every((word) => option.textContent.toLowerCase().includes(word));
    }
    this.choose(this.options[0]);
  }

  choose(chosen) {
    for (const option of this.options) option.setAttribute("aria-selected", option === chosen);
    this.input.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    const at = this.options.findIndex((option) => option.ariaSelected === "true");
    const step = STEPS[event.key];
    if (step) this.choose(this.options[(at + step + this.options.length) % this.options.length]);
    // With nothing to choose, Enter sends the form to the page of the search.
    else if (event.key === "Enter" && at >= 0) this.go(this.options[at]);
    else return;
    event.preventDefault();
  }

  go(option) {
    if (option?.dataset.href) location.assign(option.dataset.href);
  }
}

customElements.define("lotse-palette", Palette);
