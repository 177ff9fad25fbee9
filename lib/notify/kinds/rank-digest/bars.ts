import { BAR, LIGHT } from "@/lib/notify/kinds/mail-colours";
import type { NotifyMessages } from "@/lib/notify/messages/type";
import { type History, levelOf, WINDOW_DAYS } from "./history";
import { escapeHtml } from "./html";

const LEVELS = 16;
const LEVEL_PX = 4;

/**
 * The days as a table of bars: better rank, taller bar; nothing for a gap, `×` at the foot for not ranked.
 * Rows of one level each, and cells that span them: no picture, and no height a mail client may ignore.
 * One string, because a digest holds up to 600 bars.
 */
export function barsTable(history: History, words: NotifyMessages): string {
  const { days, axisEnd } = history;
  const rows = Array.from({ length: LEVELS }, (): string[] => []);
  const put = (row: number, cells: string) => rows[row]?.push(cells);
  put(0, `<td rowspan=${LEVELS / 2} width=28 valign=top class=q style="${AXIS}">1</td>`);
  put(LEVELS / 2, `<td rowspan=${LEVELS / 2} valign=bottom class=q style="${AXIS}">${axisEnd}</td>`);
  const levels = days.map((day) => (typeof day === "number" ? levelOf(day, axisEnd, LEVELS) : day));
  for (let start = 0; start < levels.length; ) {
    const level = levels[start];
    let end = start + 1;
    while (levels[end] === level) end += 1;
    const colspan = end - start > 1 ? ` colspan=${end - start}` : "";
    if (level === "gap") put(0, `<td rowspan=${LEVELS}${colspan}></td>`);
    else if (level === "not_ranked") put(0, ABSENT.repeat(end - start));
    else if (level !== undefined) {
      if (level < LEVELS) put(0, `<td rowspan=${LEVELS - level}${colspan}></td>`);
      for (let day = start; day < end; day += 1) put(LEVELS - level, bar(level, day === days.length - 1));
    }
    start = end;
  }
  // The first cell of each row holds it open.
  const body = rows.map((cells, row) => {
    const width = row === 0 ? " width=1" : "";
    return `<tr><td${width} height=${LEVEL_PX}></td>${cells.join("")}</tr>`;
  });
  const dates = [
    `<td colspan=2></td><td colspan=${WINDOW_DAYS / 2} class="q l" style="${DATE}">${escapeHtml(words.day(history.first))}</td>`,
    `<td colspan=${WINDOW_DAYS / 2} align=right class="q l" style="${DATE}">${escapeHtml(words.jstDay(history.last))}</td>`,
  ].join("");
  return `<table role=img aria-label="${escapeHtml(words.chart(history))}" width="100%" cellpadding=0 cellspacing=1 style="${TABLE}">${body.join("")}<tr>${dates}</tr></table>`;
}

const AXIS = `font-size:12px;line-height:14px;color:${LIGHT.faint};padding-right:6px;text-align:right`;
const DATE = `border-top:1px solid ${LIGHT.line};font-size:12px;line-height:18px;color:${LIGHT.faint}`;
const TABLE =
  "table-layout:fixed;border-collapse:separate;border-spacing:2px 0;font-size:1px;line-height:1px";
const ABSENT = `<td rowspan=${LEVELS} valign=bottom align=center class=n style="font-size:12px;line-height:10px;color:${LIGHT.failed}">×</td>`;

function bar(level: number, isLast: boolean): string {
  return isLast
    ? `<td rowspan=${level} class=c bgcolor=${LIGHT.accent}></td>`
    : `<td rowspan=${level} bgcolor=${BAR}></td>`;
}
