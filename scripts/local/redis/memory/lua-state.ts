import { type LuaState, lauxlib, lua, lualib } from "fengari";
import lobject from "fengari/src/lobject.js";
import lstring from "fengari/src/lstring.js";
import { formatG } from "./numbers";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Text as the bytes that Lua works on. */
export function toLua(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Lua's bytes as text. */
export function fromLua(text: Uint8Array | null): string {
  return text === null ? "" : decoder.decode(text);
}

// Redis' Lua 5.1 has only doubles. fengari's integers are of 32 bits and wrap: 30 days in ms would come out negative.
const readNumber = lobject.luaO_str2num;
lobject.luaO_str2num = (text, slot) => {
  const length = readNumber(text, slot);
  if (length !== 0 && slot.ttisinteger()) slot.setfltvalue(slot.value);
  return length;
};
// And its Lua 5.1 prints a whole number without ".0".
lobject.luaO_tostring = (L, slot) => slot.setsvalue(lstring.luaS_bless(L, toLua(formatG(slot.value, 14))));

/** What scripts written for Lua 5.1 expect, and the locks Redis puts on globals. */
const PRELUDE = `
  local floor, ceil, format, tostring_, type_ = math.floor, math.ceil, string.format, tostring, type
  local gsub, raise, select_, unpack_ = string.gsub, error, select, table.unpack
  math.floor = function(x) return floor(x) + 0 end
  math.ceil = function(x) return ceil(x) + 0 end
  math.pow = function(x, y) return x ^ y end
  tostring = function(x)
    if type_(x) == "number" then return x .. "" end
    return tostring_(x)
  end
  string.format = function(pattern, ...)
    return format(gsub(pattern, "%%([%-+ #0]*%d*)[di]", "%%%1.0f"), ...)
  end
  unpack = unpack_
  table.getn = function(t) return #t end
  loadstring, dofile, loadfile, print, collectgarbage = load, nil, nil, nil, nil
  setmetatable(_G, {
    __newindex = function() raise("Attempt to modify a readonly table", 2) end,
    __index = function(_, name)
      raise("Script attempted to access nonexistent global variable '" .. tostring_(name) .. "'", 2)
    end,
  })
`;

/** A Lua as scripts in Redis find it, without `redis`, `KEYS` and `ARGV`; `define` adds globals before it is locked. */
export function createLuaState(define: (L: LuaState) => void): LuaState {
  const L = lauxlib.luaL_newstate();
  const libraries = [
    ["_G", lualib.luaopen_base],
    ["math", lualib.luaopen_math],
    ["string", lualib.luaopen_string],
    ["table", lualib.luaopen_table],
  ] as const;
  for (const [name, open] of libraries) lauxlib.luaL_requiref(L, toLua(name), open, true);
  lua.lua_settop(L, 0);
  define(L);
  const source = toLua(PRELUDE);
  if (
    lauxlib.luaL_loadbuffer(L, source, source.length, toLua("=prelude")) !== lua.LUA_OK ||
    lua.lua_pcall(L, 0, 0, 0) !== lua.LUA_OK
  ) {
    throw new Error(`the Lua prelude failed: ${fromLua(lua.lua_tostring(L, -1))}`);
  }
  return L;
}
