// Lines over days, from the table that the page holds anyway; colours are those of the page.

function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function draw(box) {
  const table = document.getElementById(box.dataset.table);
  const [days, ...series] = JSON.parse(box.dataset.series);
  const colour = colours();
  const names = [...table.querySelectorAll("thead th")].slice(1).map((cell) => cell.textContent);
  const chart = echarts.init(box, null, { renderer: "svg" });
  const quiet = { color: colour("--quiet") };
  chart.setOption({
    animation: false,
    aria: { enabled: false },
    color: [colour("--chart-1"), colour("--chart-2"), colour("--chart-3")],
    textStyle: { fontFamily: "inherit" },
    grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: colour("--ink") }, icon: "roundRect", itemHeight: 3 },
    tooltip: { trigger: "axis", backgroundColor: colour("--surface"), borderColor: colour("--line"), textStyle: { color: colour("--ink") } },
    xAxis: { type: "category", data: days.map((day) => day.slice(5)), axisLabel: quiet, axisLine: { lineStyle: { color: colour("--line") } }, axisTick: { show: false } },
    yAxis: { type: "value", minInterval: 1, axisLabel: quiet, splitLine: { lineStyle: { color: colour("--line") } } },
    series: series.map((data, place) => ({ name: names[place], type: "line", showSymbol: false, lineStyle: { width: 2 }, data })),
  });
  box.chart = chart;
}

function all() {
  document.querySelectorAll(".chart[data-series]").forEach((box) => {
    box.chart?.dispose();
    draw(box);
  });
}

all();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
document.body.addEventListener("htmx:after:swap", all);
window.addEventListener("resize", () => document.querySelectorAll(".chart").forEach((box) => box.chart?.resize()));
