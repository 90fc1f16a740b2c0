// The workbench: sends the form when a note is pasted or a file is dropped, moves the focus, lights up words, and keeps
// each step in the history of this tab, so that Back takes back. The case is kept nowhere else.
(() => {
  const form = document.getElementById("case");
  const $ = (id) => document.getElementById(id);
  const CARRIED = ["input_name", "text", "change", "suppose", "profile", "as_of", "locale"];
  let opener = null;
  let restoring = false;
  let typing = 0;

  // Texts go as plain fields, which a browser sends at once; only files need the parts that it streams.
  const plain = () => { form.enctype = "application/x-www-form-urlencoded"; };
  plain();
  document.addEventListener("htmx:afterRequest", plain);

  // A real button is pressed: the name of the one pressed last would be sent again otherwise.
  // Nothing is sent before the page is ready for the answer: what came earlier goes then.
  let loaded = document.readyState === "complete";
  let early = false;
  const send = () => {
    if (loaded) $("update").click();
    else early = true;
  };
  addEventListener("load", () => {
    loaded = true;
    const written = [...form.querySelectorAll("textarea[data-paste]")].some((one) => one.value.trim() && one.value !== one.defaultValue);
    if (early || (written && !planned())) send();
  });
  form.addEventListener("submit", () => clearTimeout(typing));
  const planned = () => !document.body.classList.contains("empty");
  const say = (text) => { $("news").textContent = text; };

  // ---- the case comes in: pasted, typed, dropped, loaded

  document.addEventListener("input", (event) => {
    if (!event.target.matches("textarea[data-paste]")) return;
    clearTimeout(typing);
    if (event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop") {
      form.dataset.came = "1";
      send();
    } else if (event.target.value.trim().length > 20) {
      typing = setTimeout(send, 700);
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "files" && event.target.files.length) {
      form.enctype = "multipart/form-data";
      send();
    }
    else if (event.target.matches("[data-now]") && planned()) send();
  });
  const inside = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!inside(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!inside(event)) return;
    event.preventDefault();
    $("files").files = event.dataTransfer.files;
    form.enctype = "multipart/form-data";
    send();
  });

  // Enter in a field presses the button beside it, not the first one of the page.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=file])")) return;
    const beside = event.target.closest(".answers, .fix, .suppose");
    const button = beside && beside.querySelector('button[name="answer"]:not([value*="="]), button[name="fix"]:not([value*="="]), button[name="try"]');
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // ---- tabs of the left pane

  const tabs = [...document.querySelectorAll('[role="tab"]')];
  const choose = (tab, focus) => {
    for (const one of tabs) {
      const on = one === tab;
      one.setAttribute("aria-selected", String(on));
      one.tabIndex = on ? 0 : -1;
      $(one.getAttribute("aria-controls")).hidden = !on;
    }
    if (focus) tab.focus();
  };
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const to = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : null;
      if (step === undefined && to === null) return;
      event.preventDefault();
      choose(tabs[to ?? (place + step + tabs.length) % tabs.length], true);
    });
  });
  choose(tabs[0]);

  // ---- what is beside: why, and what was read

  const light = (ids) => {
    document.querySelectorAll(".m.lit").forEach((one) => one.classList.remove("lit"));
    const found = ids.map((id) => $(`m${id}`)).filter(Boolean);
    found.forEach((one) => one.classList.add("lit"));
    if (found.length) {
      choose($("tab-note"));
      found[0].scrollIntoView({ block: "center", behavior: "instant" });
    }
  };
  const close = (name, quiet) => {
    const box = $(name);
    if (!box.firstElementChild) return;
    box.replaceChildren();
    if (name === "reason") light([]);
    if (!quiet && opener && opener.isConnected) opener.focus();
  };
  document.addEventListener("click", (event) => {
    const closing = event.target.closest("[data-close]");
    if (closing) {
      event.preventDefault();
      if (closing.dataset.close === "reason" && history.state && history.state.why) history.back();
      else close(closing.dataset.close);
      return;
    }
    const button = event.target.closest("button, a, input, select, textarea, summary, label");
    if (button) {
      if (button.form === form && !["press", "update"].includes(button.id)) opener = button;
      return;
    }
    const line = event.target.closest(".line");
    const why = line && line.querySelector(".id");
    if (why && !String(getSelection())) why.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if ($("reason").firstElementChild) {
      if (history.state && history.state.why) history.back();
      else close("reason");
    } else if ($("card").firstElementChild) close("card");
  });
  document.addEventListener("click", (event) => {
    if (event.target.id === "clear") location.assign("/");
    const skip = event.target.closest("a.skip");
    if (skip) {
      event.preventDefault(); // an address with a place in it would take the focus at each step back
      const target = document.querySelector(skip.getAttribute("href"));
      target.focus();
      target.scrollIntoView();
    }
    const packet = event.target.closest("[data-packet]");
    if (packet) {
      $("packet_for").value = packet.dataset.packet;
      for (const part of ["target", "region"]) {
        const choice = $(`packet_${part}`); // what was judged once for the patient has no place to choose
        if (choice) choice.value = packet.dataset[part];
      }
      $("packet_for").focus();
    }
    const mark = event.target.closest("[data-mark]");
    if (mark && mark.matches(".m")) {
      event.preventDefault();
      $("press").value = mark.dataset.mark;
      $("press").click();
      opener = mark;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches(".m[data-mark]")) {
      event.preventDefault();
      event.target.click();
    }
  });

  // ---- the history: each step carries the form, in this tab only

  const carried = () => {
    const fields = [];
    for (const [name, value] of new FormData(form)) {
      if (CARRIED.includes(name) && typeof value === "string") fields.push([name, value]);
    }
    return fields;
  };
  const put = (fields) => {
    const all = (name) => fields.filter(([key]) => key === name).map(([, value]) => value);
    const names = all("input_name");
    const box = $("source");
    const shown = [...box.querySelectorAll(".source")];
    while (shown.length > Math.max(1, names.length)) shown.pop().remove();
    while (shown.length < names.length) {
      const copy = shown[0].cloneNode(true);
      shown[shown.length - 1].after(copy);
      shown.push(copy);
    }
    all("text").forEach((text, place) => {
      shown[place].querySelector("textarea").value = text;
      shown[place].querySelector('input[name="input_name"]').value = names[place];
    });
    for (const name of ["profile", "as_of", "locale"]) if (all(name).length) $(name).value = all(name)[0];
    $("state").replaceChildren(
      ...["change", "suppose"].flatMap((name) =>
        all(name).map((value) => Object.assign(document.createElement("input"), { type: "hidden", name, value })),
      ),
    );
  };
  const remember = (fresh) => {
    const state = { fields: carried(), why: null };
    if (fresh) history.replaceState(state, "");
    else history.pushState(state, "");
  };
  addEventListener("popstate", (event) => {
    const state = event.state;
    if (!state || !state.fields) {
      if (planned()) location.assign(location.href);
      return;
    }
    const same = JSON.stringify(state.fields) === JSON.stringify(carried());
    if (same && !state.why) {
      close("reason");
      return;
    }
    if (same) return;
    restoring = true;
    put(state.fields);
    send();
  });
  if (history.state && history.state.fields && history.state.fields.length) {
    restoring = true;
    put(history.state.fields);
    send();
  } else if (planned()) {
    remember(true);
  }

  // ---- before and after each answer of the server

  let before = new Map();
  let openDetails = new Set();
  const lines = () =>
    new Map([...document.querySelectorAll("#strip [data-key], #plan [data-key]")].map((one) => [one.dataset.key, one]));
  document.addEventListener("htmx:beforeRequest", () => {
    before = new Map([...lines()].map(([key, one]) => [key, one.textContent]));
    openDetails = new Set([...document.querySelectorAll("#plan details[open]")].map((one) => one.id));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target.id;
    if (target === "reason") {
      const panel = $("reason").firstElementChild;
      light((panel.dataset.lit || "").split(" ").filter(Boolean));
      $("reason-title").focus({ preventScroll: true });
      panel.scrollIntoView({ block: "nearest" });
      history.pushState({ fields: carried(), why: true }, "");
    } else if (target === "card") {
      $("card-title").focus({ preventScroll: true });
      $("card").scrollIntoView({ block: "nearest" });
    } else if (target === "ask") {
      choose($("tab-ask"));
      $("ask-title").focus();
    } else if (target === "trouble") {
      $("trouble").firstElementChild.focus();
    } else if (target === "whatif") {
      const region = document.querySelector("#whatif .difference");
      if (region) {
        region.tabIndex = -1;
        region.focus();
      }
    }
  });
  // The whole plan comes in parts that hold nothing for the library to find: looking through each element, old and
  // new, would take longer than showing them.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, serverResponse } = event.detail;
    if (target.id !== "plan") return;
    event.detail.shouldSwap = false;
    if (xhr.status !== 200) {
      failed("Something between this page and its server answered instead of it. Reload the page.");
      return;
    }
    const at = document.activeElement;
    const made = document.createElement("template");
    made.innerHTML = serverResponse; // made and escaped by this server
    for (const part of made.content.children) $(part.dataset.part).replaceChildren(...part.childNodes);
    if (!at.isConnected && at.id && $(at.id)) $(at.id).focus({ preventScroll: true });
    settled();
  });
  const settled = () => {
    const first = !planned();
    const answered = opener && ["answer", "fix", "undo"].includes(opener.name);
    document.body.classList.remove("empty");
    $("whatif-box").hidden = false;
    if ($("clear")) $("clear").hidden = false;
    document.querySelectorAll(".examples").forEach((one) => one.remove());
    if (form.dataset.came || first) {
      const texts = $("texts");
      if (texts && (form.dataset.came || document.activeElement.tagName !== "TEXTAREA")) {
        texts.open = false;
        texts.querySelector("summary").textContent = "Change the note";
        if (form.dataset.came) texts.querySelector("summary").focus({ preventScroll: true });
      }
      delete form.dataset.came;
    }
    for (const id of openDetails) if ($(id)) $(id).open = true;
    if (before.size) {
      for (const [key, one] of lines()) {
        if (before.get(key) !== one.textContent) one.classList.add("changed");
      }
    }
    if (answered && !opener.isConnected) {
      const next = opener.name === "answer" ? document.querySelector("#ask .question button, #ask .question input") : $("tab-note");
      if (next) next.focus({ preventScroll: true });
    }
    opener = null;
    if (restoring) restoring = false;
    else remember(first && !history.state);
  };
  const failed = (text) => {
    say(text);
    const box = document.createElement("div");
    box.className = "problems";
    box.setAttribute("role", "alert");
    box.textContent = text;
    $("trouble").replaceChildren(box);
  };
  document.addEventListener("htmx:sendError", () => failed("The server does not answer. Start it again with: spondyl serve"));
  document.addEventListener("htmx:timeout", () => failed("This takes too long. Give the part that concerns the spine."));

  // ---- documents are downloads: the form is sent as it is, without a script in between

  document.addEventListener("htmx:confirm", (event) => {
    const button = event.detail.triggeringEvent && event.detail.triggeringEvent.submitter;
    if (button && button.matches("[data-download]")) {
      event.preventDefault();
      HTMLFormElement.prototype.submit.call(withAction(button));
    }
  });
  const withAction = (button) => {
    // A copy of the form, so that the page keeps its own.
    const copy = document.createElement("form");
    copy.method = "post";
    copy.enctype = "multipart/form-data";
    copy.action = button.getAttribute("formaction");
    copy.hidden = true;
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string") continue;
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      copy.append(field);
    }
    document.body.append(copy);
    setTimeout(() => copy.remove(), 1000);
    return copy;
  };

  // ---- the criteria of a gate come when it is opened, and all of them before the page is printed

  const asked = (gates) => {
    const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    fields.delete("gate");
    for (const gate of gates) fields.append("gate", gate);
    return fields;
  };
  const fill = (boxes, html) => {
    const made = document.createElement("template");
    made.innerHTML = html; // made and escaped by this server
    const came = [...made.content.children];
    boxes.forEach((box, place) => {
      box.replaceChildren(...came[place].childNodes);
      delete box.dataset.gate;
    });
  };
  const unfilled = (where) => [...where.querySelectorAll(".criteria[data-gate]")];
  document.addEventListener("toggle", async (event) => {
    const boxes = event.target.open ? unfilled(event.target) : [];
    if (!boxes.length || printing) return;
    try {
      const answer = await fetch("/gate", { method: "POST", body: asked([boxes[0].dataset.gate]) });
      if (!answer.ok) throw new Error();
      fill(boxes, await answer.text());
    } catch (_) {
      failed("The criteria could not be brought. Change something, or reload the page.");
    }
  }, true);

  let printing = null;
  addEventListener("beforeprint", () => {
    const folded = [...$("plan").querySelectorAll("details:not([open])")];
    printing = folded;
    const boxes = unfilled($("plan"));
    if (boxes.length) {
      const request = new XMLHttpRequest(); // the print does not wait for what comes later
      request.open("POST", "/gate", false);
      try {
        request.send(asked(boxes.map((one) => one.dataset.gate)));
        if (request.status === 200) fill(boxes, request.responseText);
      } catch (_) {
        // The server went away: what is here is printed.
      }
    }
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of printing || []) one.open = false;
    printing = null;
  });

  // ---- the list of facts for what-if comes when it is wanted

  document.addEventListener("focusin", async (event) => {
    if (!event.target.matches("[data-facts]") || $("facts").childElementCount) return;
    const answer = await fetch(`/facts?locale=${encodeURIComponent($("locale").value)}`);
    if (!answer.ok) return;
    for (const [name, label] of await answer.json()) {
      const option = document.createElement("option");
      option.value = label;
      option.label = name;
      $("facts").append(option);
    }
  });
})();
