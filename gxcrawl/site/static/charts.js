// Draws the figures of a page from what their data-chart says. Text from there is only ever drawn, never made HTML.
"use strict";

(() => {
  const INK = "#1b1f24", SOFT = "#4a5361", RULE = "#dfe3e9";
  const COLOURS = ["#0b4f9e", "#b45309", "#0a6b4f", "#8a1c7c", "#5b6472", "#a3120a", "#3b6e8f", "#6b5d00"];
  const SHAPES = ["circle", "diamond", "triangle", "rect", "pin", "arrow"];
  const DASHES = ["solid", "dashed", "dotted"];
  const STATUSES = {
    on_time: { symbol: "circle", color: "#0a6b4f" },
    late: { symbol: "diamond", color: "#a3120a" },
    date_unknown: { symbol: "rect", color: "#7a4b00" },
    withdrawn: { symbol: "triangle", color: "#5b2c83" },
  };
  const FEW = 8; // years whose names all have room
  const WIDE = 640; // pixels of a sheet of paper

  function common(narrow, caption) {
    return {
      animation: false,
      color: COLOURS,
      textStyle: { color: INK, fontFamily: "system-ui, 'PingFang SC', 'Noto Sans CJK SC', sans-serif" },
      aria: { enabled: true, label: { description: `${caption}。数字见下面的数据表。` }, decal: { show: true } },
      grid: { left: 8, right: narrow ? 12 : 28, top: 16, bottom: 12, containLabel: true },
      legend: { type: "scroll", bottom: 0, textStyle: { color: INK }, itemWidth: 30 },
      tooltip: { renderMode: "richText", confine: true, textStyle: { color: INK } },
    };
  }

  function counts() {
    return {
      type: "value", name: "件", minInterval: 1, nameTextStyle: { color: SOFT },
      axisLabel: { color: SOFT }, splitLine: { lineStyle: { color: RULE } },
    };
  }

  function overYears(chart, narrow, caption) {
    const option = common(narrow, caption);
    Object.assign(option.grid, { top: 40, bottom: 36 });
    option.tooltip.trigger = "axis";
    option.xAxis = {
      type: "category", data: chart.years,
      axisLabel: { color: INK, hideOverlap: true, interval: chart.years.length > FEW ? "auto" : 0 },
    };
    option.yAxis = counts();
    return option;
  }

  function lines(chart, narrow, caption) {
    const option = overYears(chart, narrow, caption);
    option.series = chart.lines.flatMap((line, place) => line.parts.map((values) => ({
      type: "line", name: line.name, data: values, symbol: SHAPES[place % SHAPES.length], symbolSize: 9,
      itemStyle: { color: COLOURS[place % COLOURS.length] },
      lineStyle: { color: COLOURS[place % COLOURS.length], width: 2, type: DASHES[place % DASHES.length] },
      connectNulls: false,
    })));
    if (option.series.length) {
      option.series[0].markLine = {
        silent: true, symbol: "none", lineStyle: { color: SOFT, type: "dashed" },
        label: { color: SOFT, formatter: (mark) => mark.name },
        data: chart.breaks.map((one) => ({ name: one.name, xAxis: one.year })),
      };
    }
    return option;
  }

  function stack(chart, narrow, caption) {
    const option = overYears(chart, narrow, caption);
    option.tooltip.axisPointer = { type: "shadow" };
    option.legend.type = "plain"; // all reasons at once, also on paper
    option.grid.bottom = narrow ? 160 : 100;
    option.series = chart.bars.map((bar) => ({
      type: "bar", name: bar.name, data: bar.values, stack: "all", barMaxWidth: 48,
    }));
    return option;
  }

  function strip(chart, narrow, caption) {
    const option = common(narrow, caption);
    Object.assign(option.grid, { top: 28, bottom: 40 });
    option.xAxis = {
      type: "time", axisLine: { onZero: false, lineStyle: { color: SOFT } }, axisLabel: { color: INK, hideOverlap: true }, splitLine: { show: true, lineStyle: { color: RULE } },
    };
    option.yAxis = {
      type: "value", inverse: true, min: -0.5, max: chart.rows.length - 0.5, splitLine: { show: false },
      axisLine: { show: false }, axisTick: { show: false },
      axisLabel: {
        customValues: chart.rows.map((_, row) => row), color: INK,
        width: narrow ? 56 : 120, overflow: "break", formatter: (row) => chart.rows[row] || "",
      },
    };
    option.tooltip.formatter = (dot) => `${dot.data[2]}\n${dot.data[0]} ${dot.seriesName}`;
    option.series = chart.dots.map((group) => {
      const look = STATUSES[group.status] || { symbol: "pin", color: SOFT };
      return {
        type: "scatter", name: group.name, data: group.at, symbol: look.symbol, symbolSize: narrow ? 8 : 10,
        itemStyle: { color: look.color, opacity: 0.8 },
      };
    });
    option.series.push({
      type: "line", name: "期限", data: [], lineStyle: { color: INK, type: "dashed" }, itemStyle: { color: INK },
      symbol: "none",
      markLine: {
        silent: true, symbol: "none", lineStyle: { color: INK, type: "dashed", width: 2 }, label: { show: false },
        data: chart.due.map((due) => [{ coord: [due.day, due.row - 0.45] }, { coord: [due.day, due.row + 0.45] }]),
      },
    });
    const days = chart.due.map((due) => Date.parse(`${due.day}T00:00:00`));
    const month = 30 * 24 * 3600 * 1000;
    option.xAxis.min = (value) => Math.min(value.min, ...days) - month / 4;
    option.xAxis.max = (value) => Math.max(value.max, ...days) + month / 4;
    return option;
  }

  const KINDS = { lines, stack, strip };
  const drawn = [];

  function draw(figure) {
    const chart = JSON.parse(figure.dataset.chart);
    const place = document.createElement("div");
    place.className = `drawn ${chart.kind}`;
    figure.insertBefore(place, figure.querySelector("details"));
    const caption = figure.querySelector("figcaption").firstChild.textContent.trim();
    const one = { made: echarts.init(place, null, { renderer: "svg", locale: "ZH" }), place, chart, caption };
    drawn.push(one);
    fit(one);
  }

  function fit(one, width) {
    one.made.resize({ width: width || "auto" });
    const narrow = (width || one.place.clientWidth) < 480;
    one.made.setOption(KINDS[one.chart.kind](one.chart, narrow, one.caption), true);
  }

  let waiting = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => drawn.forEach((one) => fit(one)));
  });
  addEventListener("beforeprint", () => drawn.forEach((one) => fit(one, WIDE)));
  addEventListener("afterprint", () => drawn.forEach((one) => fit(one)));
  document.querySelectorAll("figure.chart[data-chart]").forEach(draw);
})();
