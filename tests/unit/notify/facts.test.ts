import { expect, test } from "vitest";
import { digestArticles } from "@/lib/notify/facts";
import type { ChangeKind } from "@/lib/watch/types";

function notification(articleId: string, kind: ChangeKind, position: number | null, on = "2026-11-22") {
  return {
    articleId,
    title: articleId,
    url: "https://example.com/",
    keyword: "keyword",
    source: "serper",
    kind,
    changes: [kind],
    previous: { position: 5, on: "2026-11-20" },
    current: { position, on },
    observedAt: `${on}T00:00:10Z`,
    history: [],
  };
}

test("the gravest change comes first, then the best position", () => {
  const articles = digestArticles([
    notification("risen", "rise", 4),
    notification("fallen", "drop", 30),
    notification("fallen less", "drop", 20),
    notification("lost", "lost_ranking", null),
  ]);
  expect(articles.map(({ articleId }) => articleId)).toEqual(["lost", "fallen less", "fallen", "risen"]);
});

test("an article of which several days wait is told once, with its newest day", () => {
  const articles = digestArticles([
    notification("a", "drop", 12, "2026-11-21"),
    notification("a", "rise", 4, "2026-11-22"),
  ]);
  expect(articles).toMatchObject([{ kind: "rise", current: { position: 4, on: "2026-11-22" } }]);
});

test("notification data of another shape is refused, not half understood", () => {
  expect(() => digestArticles([{ articleId: "a" }])).toThrow();
  expect(() => digestArticles([{ ...notification("a", "rise", 1), kind: "sideways" }])).toThrow();
});
