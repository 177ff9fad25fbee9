import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { en } from "@/lib/i18n/messages/en";
import { ja } from "@/lib/i18n/messages/ja";

type Leaves = Record<string, string>;

/** Every message by its path. */
function leavesOf(messages: object, path = ""): Leaves {
  return Object.entries(messages).reduce<Leaves>((found, [key, value]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return Object.assign(found, typeof value === "string" ? { [here]: value } : leavesOf(value, here));
  }, {});
}

/** The names a message takes, as `{name}`, `{name, plural, …}` or `<name>`. */
function argumentsOf(message: string): string[] {
  const names = [...message.matchAll(/\{(\w+)(?=[,}])|<(\w+)>/g)].map((match) => match[1] ?? match[2] ?? "");
  return [...new Set(names)].sort();
}

const english = leavesOf(en);
const japanese = leavesOf(ja);

describe("the messages of both languages", () => {
  test("say the same things", () => {
    expect(Object.keys(japanese).sort()).toEqual(Object.keys(english).sort());
  });

  test("use no argument that the English one does not name", () => {
    const strangers = Object.entries(japanese).filter(([path, message]) =>
      argumentsOf(message).some((name) => !argumentsOf(english[path] ?? "").includes(name)),
    );
    expect(strangers).toEqual([]);
  });

  test("are never empty", () => {
    const empty = [...Object.entries(english), ...Object.entries(japanese)].filter(
      ([, text]) => !text.trim(),
    );
    expect(empty).toEqual([]);
  });
});

test("counts are said with their plural", () => {
  const t = createTranslator({ locale: "en", messages: en, namespace: "overview" });
  expect(t("failures", { count: 1 })).toBe("1 failure in a row");
  expect(t("failures", { count: 3 })).toBe("3 failures in a row");
  expect(t("summary.late", { count: 1, total: 4, names: "sweep" })).toBe("1 of 4 jobs is late: sweep.");
});
