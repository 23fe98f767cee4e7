// <lotse-order> around a list: items are dragged to another place, or carried with Alt and the arrows.
// Where something is dropped is sent with the form that also moves it by its buttons.
class Order extends HTMLElement {
  connectedCallback() {
    for (const item of this.items) item.draggable = true;
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragover", (event) => this.hover(event));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("dragend", () => this.letGo());
    this.addEventListener("keydown", (event) => this.pressed(event));
  }

  get items() {
    return [...this.querySelectorAll("[data-place]")].filter((item) => item.querySelector("[name=to]"));
  }

  lift(event) {
    this.held = event.target.closest("[data-place]");
    if (!this.items.includes(this.held)) return this.letGo();
    event.dataTransfer.effectAllowed = "move";
  }

  over(event) {
    const item = event.target.closest("[data-place]");
    return this.held && item !== this.held && this.items.includes(item) ? item : null;
  }

  hover(event) {
    const item = this.over(event);
    for (const one of this.items) one.toggleAttribute("data-over", one === item);
    if (item) event.preventDefault();
  }

  drop(event) {
    const item = this.over(event);
    if (!item) return;
    event.preventDefault();
    const button = this.held.querySelector("[name=to]");
    button.value = item.dataset.place;
    button.form.requestSubmit(button);
  }

  letGo() {
    this.held = null;
    for (const one of this.items) one.removeAttribute("data-over");
  }

  pressed(event) {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const item = event.target.closest("[data-place]");
    if (!way || !event.altKey || !item) return;
    event.preventDefault();
    item.querySelector(`[name=to][value=${way}]`)?.click();
  }
}

customElements.define("lotse-order", Order);
