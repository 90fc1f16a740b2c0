// What every page has: the switch of colors. Only the choice of colors is kept, in this browser.
(() => {
  const button = document.getElementById("theme");
  if (!button) return;
  const order = ["", "light", "dark"];
  const names = { "": "as the system", light: "light", dark: "dark" };
  const show = () => {
    const now = document.documentElement.dataset.colors || "";
    button.setAttribute("aria-label", `Colors: ${names[now]}`);
    button.title = `Colors: ${names[now]}`;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const now = document.documentElement.dataset.colors || "";
    const next = order[(order.indexOf(now) + 1) % order.length];
    if (next) document.documentElement.dataset.colors = next;
    else delete document.documentElement.dataset.colors;
    try {
      if (next) localStorage.setItem("colors", next);
      else localStorage.removeItem("colors");
    } catch (_) {
      // Not kept, then.
    }
    show();
  });
  show();
})();
