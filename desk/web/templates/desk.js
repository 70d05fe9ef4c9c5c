// Copies a draft, and lets P, L and H press the buttons of the announcement that has the focus. Nothing needs it.
"use strict";
(() => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const from = document.getElementById(button.dataset.copy), said = document.getElementById("copied");
      try {
        await navigator.clipboard.writeText(from.value);
      } catch {
        from.select();
        document.execCommand("copy");
        button.focus();
      }
      said.textContent = `${button.textContent.trim()}: 했습니다. 이제 붙여 넣으십시오.`;
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest("input, textarea, select")) return;
    const held = event.target.closest("[data-keys]");
    const button = held && [...held.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === event.code);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
  const next = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const link = next && next.querySelector("h3 a");
  if (link) link.focus();
})();
