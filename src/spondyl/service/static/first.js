// Before anything is painted: the colors chosen last time, and a class that says scripts run.
document.documentElement.classList.add("js");
try {
  const chosen = localStorage.getItem("colors");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.colors = chosen;
} catch (_) {
  // A browser that keeps nothing shows the colors of the system.
}
