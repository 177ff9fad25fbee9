import { type LuaState, lua } from "fengari";
import { type Reply, ReplyError } from "../types";
import { Status } from "./command-table";
import { fromLua, toLua } from "./lua-state";
import { formatG } from "./numbers";

// What Redis' C code makes of a number that fits no 64-bit integer.
const MIN_INT64 = -(2 ** 63);

/** Puts a reply on Lua's stack, converted as Redis documents: nothing becomes false, a status `{ok = …}`. */
export function pushReply(L: LuaState, reply: Reply | Status): void {
  if (reply === null) lua.lua_pushboolean(L, false);
  else if (typeof reply === "number") lua.lua_pushnumber(L, reply);
  else if (typeof reply === "string") lua.lua_pushstring(L, toLua(reply));
  else if (reply instanceof Status) pushField(L, "ok", reply.text);
  else if (reply instanceof ReplyError) pushField(L, "err", reply.message);
  else pushList(L, reply);
}

/** Puts a table with one field on Lua's stack, such as `{err = "ERR no"}`. */
export function pushField(L: LuaState, name: string, value: string): void {
  lua.lua_createtable(L, 0, 1);
  lua.lua_pushstring(L, toLua(name));
  lua.lua_pushstring(L, toLua(value));
  lua.lua_rawset(L, -3);
}

/** Puts a list on Lua's stack, counted from 1. */
export function pushList(L: LuaState, items: readonly Reply[]): void {
  lua.lua_createtable(L, items.length, 0);
  items.forEach((item, index) => {
    pushReply(L, item);
    lua.lua_rawseti(L, -2, index + 1);
  });
}

/** The value at the top of Lua's stack as a reply: numbers lose their fraction, a list ends at its first nil. */
export function readReply(L: LuaState): Reply {
  switch (lua.lua_type(L, -1)) {
    case lua.LUA_TSTRING:
      return fromLua(lua.lua_tostring(L, -1));
    case lua.LUA_TNUMBER: {
      const value = Math.trunc(lua.lua_tonumber(L, -1));
      return Number.isFinite(value) ? value + 0 : MIN_INT64;
    }
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(L, -1) ? 1 : null;
    case lua.LUA_TTABLE:
      return readTable(L);
    default:
      return null;
  }
}

/** The text of a field of the table at an index, or undefined when it has no such text. */
export function readField(L: LuaState, index: number, name: string): string | undefined {
  if (lua.lua_type(L, index) !== lua.LUA_TTABLE) return undefined;
  const type = lua.lua_getfield(L, index, toLua(name));
  const value = type === lua.LUA_TSTRING ? fromLua(lua.lua_tostring(L, -1)) : undefined;
  lua.lua_settop(L, -2);
  return value;
}

/** The arguments of a function called from Lua as a command; undefined when one is neither text nor a number. */
export function readArguments(L: LuaState): string[] | undefined {
  const args: string[] = [];
  for (let index = 1; index <= lua.lua_gettop(L); index += 1) {
    const type = lua.lua_type(L, index);
    if (type === lua.LUA_TNUMBER) args.push(formatG(lua.lua_tonumber(L, index), 17));
    else if (type === lua.LUA_TSTRING) args.push(fromLua(lua.lua_tostring(L, index)));
    else return undefined;
  }
  return args;
}

function readTable(L: LuaState): Reply {
  const error = readField(L, -1, "err");
  if (error !== undefined) return new ReplyError(error);
  const status = readField(L, -1, "ok");
  if (status !== undefined) return status;
  const items: Reply[] = [];
  for (let index = 1; lua.lua_rawgeti(L, -1, index) !== lua.LUA_TNIL; index += 1) {
    items.push(readReply(L));
    lua.lua_settop(L, -2);
  }
  lua.lua_settop(L, -2);
  return items;
}
