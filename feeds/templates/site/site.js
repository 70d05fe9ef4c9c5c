// Filters that live in the address: without this script the page is whole, with it a list is narrowed in the browser.
"use strict";
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const found = document.getElementById("found"), all = document.getElementById("all"), feeds = document.getElementById("feeds");
  const counts = document.getElementById("counts"), english = document.documentElement.lang === "en";
  const kept = feeds ? [...feeds.childNodes] : [], names = ["q", "region", "supply", "audience", "section", "status"];
  const most = 200;
  let index = null;

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) || [];
  const pairs = (word) => Array.from({ length: Math.max(1, word.length - 1) }, (_, n) => word.slice(n, n + 2));

  function load() {
    index ??= new Promise((done, fail) => {   // as a script, since a page from a folder may fetch nothing
      const script = make("script");
      script.onload = () => done(window.current);
      script.onerror = fail;
      script.src = form.dataset.index;
      document.head.append(script);
    }).then((data) => {
      data.hay = data.rows.map((row) => words([row[1], row[4], row[5], row[6], row[10], row[11], row[12]].join(" ")).join(""));
      return data;
    });
    return index;
  }

  function asked() {
    const given = new URLSearchParams(location.search);
    return Object.fromEntries(names.map((name) => [name, (given.get(name) || "").slice(0, 60)]));
  }

  function inPlace(codes, wanted) {
    if (!wanted || !codes) return true;
    const prefix = wanted.length === 2 ? wanted : wanted.endsWith("0") ? wanted.slice(0, 4) : wanted;
    return codes.split(" ").some((code) => code.startsWith(prefix) || code === wanted.slice(0, 2) + "000");
  }

  function choose(data, want) {
    const has = (list, word) => !word || list.split(" ").includes(word);
    const fit = data.rows.map((row, n) => n).filter((n) => {
      const row = data.rows[n];
      return inPlace(row[9], want.region) && has(row[10], want.supply) && has(row[11], want.audience) &&
        (!want.section || row[12] === want.section) && (!want.status || row[13] === want.status);
    });
    const parts = words(want.q);
    if (!parts.length) return fit;
    const exact = fit.filter((n) => parts.every((part) => data.hay[n].includes(part)));
    if (exact.length) return exact;
    const wanted = parts.flatMap(pairs);   // nothing holds the words whole: those that share most pairs of letters
    const near = fit.map((n) => [wanted.filter((pair) => data.hay[n].includes(pair)).length, n]);
    return near.filter(([score]) => score * 10 >= wanted.length * 6).sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, n]) => n);
  }

  function make(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  function card(row, data) {
    const item = make("li", "card " + row[2]), when = make("p", "when"), head = make("h3"), link = make("a", "", row[1]);
    when.append(make("span", "pill", row[3]), " ", make("span", "type", row[4]));
    if (row[8].includes("c")) when.append(" ", make("span", "mark fix", data.words.corrected));
    if (row[8].includes("n")) when.append(" ", make("span", "mark", data.words.new));
    link.href = form.dataset.home + "notice/" + encodeURIComponent(row[0]) + ".html";
    head.append(link);
    item.append(when, head);
    if (row[7]) item.append(make("p", "change", row[7]));
    if (row[5]) item.append(make("p", "", row[5]));
    if (row[6]) item.append(make("p", "foot", row[6]));
    if (english) for (const part of [link, item.lastChild]) part.lang = "ko";
    return item;
  }

  function handOver(want) {
    if (!feeds) return;
    const rows = [];
    for (const name of ["region", "supply", "audience", "section"]) {
      const option = want[name] && form.elements[name] && [...form.elements[name].options].find((one) => one.value === want[name]);
      if (!option || !option.dataset.stem) continue;
      const row = make("li"), base = form.dataset.root + "feeds/" + option.dataset.stem;
      row.append(make("span", "", option.textContent), " ");
      for (const [ending, label] of [[".xml", "RSS"], [".ics", english ? "Calendar" : "캘린더"]]) {
        const link = make("a", "", label);
        link.href = base + ending;
        row.append(link, " ");
      }
      rows.push(row);
    }
    feeds.replaceChildren(...(rows.length ? rows : kept));
  }

  function show() {
    const want = asked(), any = names.some((name) => want[name]);
    for (const name of names) if (form.elements[name]) form.elements[name].value = want[name];
    if (any) form.closest("details").open = true;
    handOver(want);
    if (!any) {
      found.replaceChildren();
      all.hidden = counts.hidden = false;
      return;
    }
    load().then((data) => {
      const chosen = choose(data, want), list = make("ol", "cards");
      list.append(...chosen.slice(0, most).map((n) => card(data.rows[n], data)));
      const head = make("h2", "", english ? `${chosen.length} found` : `조건에 맞는 공고 ${chosen.length.toLocaleString("ko")}건`);
      const parts = [head, list];
      if (!chosen.length) parts.push(make("p", "", english ? "Nothing matches. Try fewer conditions." : "맞는 공고가 없습니다. 조건을 하나 줄여 보십시오."));
      if (chosen.length > most) parts.push(make("p", "small", english ? `The first ${most} are shown.` : `앞의 ${most}건만 보입니다. 조건을 더해 보십시오.`));
      found.replaceChildren(...parts);
      all.hidden = counts.hidden = true;
    }).catch(() => {
      index = null;
      found.replaceChildren(make("p", "alert", english ? "The list could not be loaded. Please use the links by region." :
        "목록을 불러오지 못했습니다. 지역·유형마다 있는 쪽을 이용해 주십시오."));
      all.hidden = counts.hidden = false;
    });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new URLSearchParams();
    for (const name of names) {
      const value = form.elements[name] ? form.elements[name].value.trim() : "";
      if (value) given.set(name, value);
    }
    const query = given.toString();
    try {
      history.pushState(null, "", query ? "?" + query : location.pathname);
    } catch {   // some browsers refuse it to a page from a folder
      location.search = query;
      return;
    }
    show();
    if (window.matchMedia("(max-width: 63.99rem)").matches) document.getElementById("list").scrollIntoView();
  });
  form.addEventListener("change", (event) => { if (event.target.tagName === "SELECT" && window.matchMedia("(min-width: 64rem)").matches) form.requestSubmit(); });
  window.addEventListener("popstate", show);
  document.documentElement.classList.add("js");
  form.hidden = false;
  show();
})();
